import type { StoredLetter } from '../../papers/letters/authority.ts';
import type { DrawnCustomer } from '../../papers/letters/certificate.ts';
import type { StoredCreditLetter } from '../../papers/letters/credit.ts';
import type { StoredMiss } from '../../papers/letters/miss.ts';
import type { StoredNotice } from '../../papers/notices/notice.ts';
import type { StoredService } from '../../papers/notices/service-sheet.ts';
import type { StoredTicket } from '../../papers/tickets/ticket.ts';
import { colourLetterText } from '../../systems/messages/credit-told.ts';
import { suspensionCopyText } from '../../systems/messages/papers.ts';
import { redNoticeText, type StopNoticeFacts } from '../../systems/messages/notices.ts';
import { restoreTicketForm } from '../../systems/tickets/restore-ticket.ts';
import { stopTicketForm } from '../../systems/tickets/stop-ticket.ts';

/** Facts as they are sealed with a notice: `bills` bills of ¥123.45, ¥123.46 … with ¥3.21 late fee each. */
export function stopFacts(bills: number, over: Partial<StopNoticeFacts> = {}): StopNoticeFacts {
  const list = Array.from({ length: bills }, (_, index) => {
    const month = String(1 + (index % 9)).padStart(2, '0');
    return { period: `2026-${month}`, dueDate: `2026-${month}-20`, openFen: 12_345 + index, lateFeeFen: 321 };
  });
  const principalFen = list.reduce((sum, { openFen }) => sum + openFen, 0);
  const lateFeeFen = 321 * bills;
  return {
    companyName: '淮安供电公司',
    customerName: '张三丰',
    accountNo: '320899000001',
    address: '淮阴区长江路1号2栋301室',
    meterNo: 'M320899000001',
    centreName: '淮阴抄表中心',
    bills: list,
    ...{ principalFen, lateFeeFen, sumFen: principalFen + lateFeeFen },
    asOf: '2026-11-24',
    link: 'https://fudian.example/l/Zm9vYmFyYmF6cXV40123456789abcdef0123',
    lastPaymentDate: '2026-11-30',
    stopFrom: '2026-12-01 10:00',
    stopUntil: '2026-12-01 11:00',
    ...over,
  };
}

export const notice = (kind: StoredNotice['kind'], facts = stopFacts(1), attempt = 1): StoredNotice => ({
  kind,
  attempt,
  sealed: { ...redNoticeText(facts), facts },
});

export const service = (over: Partial<StoredService> = {}): StoredService => ({
  method: 'signature',
  occurredAt: '2026-11-24T02:05:00.000Z',
  recordedBy: 'reader-zhang',
  meterNo: 'M320899000001',
  counts: true,
  proofs: ['ab'.repeat(32)],
  ...over,
});

const restoreForm = restoreTicketForm({
  ticketId: 'restore-ticket/stop-1',
  companyName: '淮安供电公司',
  centreName: '淮阴抄表中心',
  accountNo: '320899000001',
  customerName: '张三丰',
  address: '淮阴区长江路1号2栋301室',
  meterNo: 'M320899000001',
  cause: '欠费已缴清',
  causeAt: '2026-12-01 12:30',
  deadline: '2026-12-02 12:30',
});

const stopForm = stopTicketForm({
  ticketId: 'ticket/case-1/1',
  companyName: '淮安供电公司',
  centreName: '淮阴抄表中心',
  applicant: 'reader-zhang',
  accountNo: '320899000001',
  customerName: '张三丰',
  address: '淮阴区长江路1号2栋301室',
  meterNo: 'M320899000001',
  sumFen: 12_666,
  noticeServedOn: '2026-11-24',
  approvalId: 'approval/case-1/1',
  approvers: ['head-qian'],
  plannedFrom: '2026-12-01 10:00',
  plannedTo: '2026-12-01 11:00',
});

export const ticket = (kind: StoredTicket['kind'], over: Partial<StoredTicket> = {}): StoredTicket => ({
  kind,
  ticketId: kind === 'stop' ? 'ticket/case-1/1' : 'restore-ticket/stop-1',
  form: kind === 'stop' ? stopForm : restoreForm,
  raisedAt: '2026-11-30T01:00:00.000Z',
  crewId: null,
  notDoneReason: null,
  recalledAt: null,
  recallReason: null,
  permit: null,
  execution: null,
  restored: null,
  ...over,
});

export function letter(over: Partial<StoredLetter> = {}): StoredLetter {
  const facts = {
    companyName: '淮安供电公司',
    customerName: '淮安市第一人民医院',
    accountNo: '320899000077',
    address: '淮阴区北京西路6号',
    category: 'important',
    principalFen: 12_345_600,
    sumFen: 12_400_001,
    stopFrom: '2026-12-01 10:00',
    stopUntil: '2026-12-01 11:00',
    preparedOn: '2026-11-24',
    servedOn: '2026-11-24',
  };
  const { subject, zh } = suspensionCopyText(facts);
  return {
    kind: 'suspension-copy',
    attempt: 1,
    sealed: { subject, text: zh, facts },
    receipt: null,
    ...over,
  };
}

export const miss = (over: Partial<StoredMiss> = {}): StoredMiss => ({
  companyName: '淮安供电公司',
  centreName: '淮阴抄表中心',
  customerName: '张三丰',
  accountNo: '320899000001',
  address: '淮阴区长江路1号2栋301室',
  meterNo: 'M320899000001',
  stoppedAt: '2026-12-01T02:10:00.000Z',
  causeAt: '2026-12-01T04:30:00.000Z',
  deadlineAt: '2026-12-02T04:30:00.000Z',
  explanationDueAt: '2026-12-03T15:59:00.000Z',
  reason: '暴雨积水，配电室不能进入，排水后抢送',
  told: null,
  customerToldAt: '2026-12-02T04:30:00.000Z',
  leaderToldAt: '2026-12-02T04:30:00.000Z',
  restoredAt: '2026-12-02T10:00:00.000Z',
  ...over,
});

export const creditLetter = (over: Partial<StoredCreditLetter> = {}): StoredCreditLetter => {
  const why = {
    zh: '最早一张未缴电费账单已逾期 70 天（超过 60 天），共欠 ¥234.56。',
    en: 'the oldest unpaid bill is 70 days overdue.',
  };
  const { subject, zh: text } = colourLetterText({ accountNo: '320899000001', colour: 'red', why });
  return {
    letterId: 'letter/colour-letter/1',
    companyName: '淮安供电公司',
    customerName: '张三丰',
    accountNo: '320899000001',
    address: '淮阴区长江路1号2栋301室',
    ...{ subject, text, preparedAt: '2026-12-03T01:00:00.000Z', served: null },
    ...over,
  };
};

export const drawn = (over: Partial<DrawnCustomer> = {}): DrawnCustomer => ({
  companyName: '淮安供电公司',
  customerName: '张三丰',
  accountNo: '320899000001',
  year: 2026,
  class: 'residential',
  rank: 7,
  population: 12_840,
  winners: 1_284,
  seedSource: '双色球 2027004 期开奖号码',
  seed: '03 11 17 22 29 31 + 08',
  method: 'sha256-rank-1',
  announcedAt: '2026-12-20T02:00:00.000Z',
  drawnAt: '2027-01-11T02:00:00.000Z',
  ...over,
});
