import { yuan, zhDate } from '../../systems/messages/words.ts';
import type { Paper } from '../sheet/print.ts';
import { body, form, heading } from '../sheet/parts.ts';
import { zhInterval } from '../words/dates.ts';
import { LEGAL_GROUND } from '../words/legal-ground.ts';
import * as part from './notice.ts';

const RED = '#f9bdb6';

/** 红色欠费中止供电通知书: the sum that clears, the last day, the time of the stop (T2.2, L2.ntc). */
export function redPaper(stored: part.StoredNotice): Paper {
  const facts = part.stopFactsOf(stored);
  const { companyName: company } = facts;
  const title = '红色欠费中止供电通知书';
  const number = part.numberOf(stored);
  const interval = zhInterval(facts.stopFrom, facts.stopUntil);
  return {
    head: { title, number, company, madeAt: part.madeAtOf(facts), colour: RED },
    write(sheet) {
      heading(sheet, company, title, `编号：${number}`);
      part.addressee(sheet, facts);
      body(sheet, `您户（${part.supplyOf(facts)}）经催缴仍未缴纳下列电费，该欠费为本次中止供电的全部依据：`);
      part.billTable(sheet, facts);
      body(sheet, `${LEGAL_GROUND}，经审批，现通知您：我公司决定按下列时间对您户中止供电。`);
      form(sheet, [
        [['缴清金额', `${part.sumInWords(facts)}`]],
        [['最后缴费日', zhDate(facts.lastPaymentDate)]],
        [['中止供电时间', interval]],
      ]);
      sheet.gap(8);
      body(
        sheet,
        `在中止供电之前缴清 ${yuan(facts.sumFen)} 的，本次中止供电即告取消。中止供电后缴清的，自缴清之时起 24 小时内恢复供电。未在上述时间内中止供电的，本通知书即告失效，须重新审批并重新送达。`,
      );
      body(sheet, part.HELP);
      part.signOff(sheet, facts);
      part.receiptStub(
        sheet,
        stored,
        `本人已收到《红色欠费中止供电通知书》，知悉缴清金额为 ${yuan(facts.sumFen)}，中止供电时间为${interval}。`,
      );
    },
  };
}
