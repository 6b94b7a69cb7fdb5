import { zhDate } from '../../systems/messages/words.ts';
import type { Paper } from '../sheet/print.ts';
import { body, heading } from '../sheet/parts.ts';
import * as part from './notice.ts';

/** 电费缴费提醒 as a letter: what is owed and how to pay; it threatens nothing (T1.2). */
export function firstPaper(stored: part.StoredNotice): Paper {
  const { facts } = stored.sealed;
  const { companyName: company } = facts;
  const title = '电费缴费提醒';
  const number = part.numberOf(stored);
  return {
    head: { title, number, company, madeAt: part.madeAtOf(facts) },
    write(sheet) {
      heading(sheet, company, title, `编号：${number}`);
      part.addressee(sheet, facts);
      body(
        sheet,
        `感谢您使用我们的供电服务。截至${zhDate(facts.asOf)}，您户（${part.supplyOf(facts)}）有下列电费已过缴费期限：`,
      );
      part.billTable(sheet, facts);
      body(sheet, `以上合计${part.sumInWords(facts)}。请您尽快缴纳；如已缴费，请不必理会本提醒。`);
      body(sheet, part.HELP);
      part.signOff(sheet, facts);
      part.receiptStub(sheet, stored, '本人已收到《电费缴费提醒》。');
    },
  };
}
