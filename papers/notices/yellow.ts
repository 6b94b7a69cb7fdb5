import { zhDate } from '../../systems/messages/words.ts';
import type { Paper } from '../sheet/print.ts';
import { body, heading } from '../sheet/parts.ts';
import { zhInterval } from '../words/dates.ts';
import { LEGAL_GROUND } from '../words/legal-ground.ts';
import * as part from './notice.ts';

const YELLOW = '#ffe988';

/** 黄色欠费电费催收通知书: amount, last day to pay, exact stop time (T2.1). */
export function yellowPaper(stored: part.StoredNotice): Paper {
  const facts = part.stopFactsOf(stored);
  const { companyName: company } = facts;
  const title = '黄色欠费电费催收通知书';
  const number = part.numberOf(stored);
  return {
    head: { title, number, company, madeAt: part.madeAtOf(facts), colour: YELLOW },
    write(sheet) {
      heading(sheet, company, title, `编号：${number}`);
      part.addressee(sheet, facts);
      body(sheet, `您户（${part.supplyOf(facts)}）截至${zhDate(facts.asOf)}有下列电费超过缴费期限仍未缴纳：`);
      part.billTable(sheet, facts);
      body(sheet, `以上合计${part.sumInWords(facts)}。`);
      body(
        sheet,
        `${LEGAL_GROUND}，请您最迟于${zhDate(facts.lastPaymentDate)}缴清。逾期仍未缴清的，我公司将在履行审批程序并另行送达红色《欠费中止供电通知书》之后，于${zhInterval(facts.stopFrom, facts.stopUntil)}对您户中止供电。缴清后不再中止供电。`,
      );
      body(sheet, part.HELP);
      part.signOff(sheet, facts);
      part.receiptStub(sheet, stored, '本人已收到《黄色欠费电费催收通知书》。');
    },
  };
}
