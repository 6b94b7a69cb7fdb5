import { createHash } from 'node:crypto';
import { evidencePaper, type EvidenceToPrint } from '../../papers/evidence/summary.ts';
import { authorityLetter } from '../../papers/letters/authority.ts';
import { drawCertificate } from '../../papers/letters/certificate.ts';
import { creditLetter } from '../../papers/letters/credit.ts';
import { missLetter, missReport } from '../../papers/letters/miss.ts';
import { printNotice } from '../../papers/notices/print-notice.ts';
import { serviceSheet } from '../../papers/notices/service-sheet.ts';
import { printPaper, type Paper } from '../../papers/sheet/print.ts';
import { ticketPaper } from '../../papers/tickets/ticket.ts';
import * as sample from './samples.ts';

export interface PaperToLookAt {
  name: string;
  /** As most customers get it. */
  usual: () => Promise<Buffer>;
  /** With thirty bills, and names, addresses and reasons as long as any. */
  extreme: () => Promise<Buffer>;
}

const LONG_NAME = '淮安市淮阴区王家营街道长江东路社区经济股份合作联合社农贸市场物业管理有限责任公司';
const LONG_ADDRESS =
  '江苏省淮安市淮阴区王家营街道长江东路一百二十八号金色家园三期二十七栋乙单元一千九百零三室（原淮阴县化肥厂宿舍区西侧）';
const LONG_WORDS = '用户在门口看过通知后拒绝签字，由社区网格员在场见证，已当面说明停电时间。'.repeat(60);
export const LONG = {
  companyName: '国网江苏省电力有限公司淮安市淮阴区供电分公司',
  centreName: '淮阴区王家营街道长江东路抄表收费服务中心',
  customerName: LONG_NAME,
  address: LONG_ADDRESS.repeat(2),
};
/** Bills of the extreme notice. */
export const MANY_BILLS = 30;

/** As the books number them. */
const LONG_ID = { ticketId: 'restore-ticket/stop/0a1b2c3d-4e5f-6789-abcd-ef0123456789/12' };

/** The fields of a ticket's sealed form, with the long ones in their places. */
const longForm = (kind: 'stop' | 'restore'): Record<string, string> => ({
  ...sample.ticket(kind).form,
  ...{ 单位: LONG.companyName, 班组: LONG.centreName, 户名: LONG_NAME, 用电地址: LONG.address },
});

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export const evidence = (over: Partial<EvidenceToPrint> = {}): EvidenceToPrint => ({
  companyName: '淮安供电公司',
  stopId: 'stop/case-1/1',
  madeAt: '2026-12-03T01:00:00.000Z',
  madeBy: 'auditor-lv',
  summary: [
    ...[
      '# 停电证据 Evidence of a stop',
      '',
      '户号 account 320899000001，案件 case case-1，票号 ticket ticket/case-1/1',
      '',
    ],
    ...['## 欠费与通知 Debt and notices', ''],
    '- 2026-10-27 电费缴费提醒：短信已到达约定号码',
    '- 2026-11-10 黄色欠费电费催收通知书：reader-zhang 当面送达，用户签收',
    '- 2026-11-24 红色欠费中止供电通知书：reader-zhang 当面送达，用户签收；停电时间 2026-12-01 10:00 至 11:00',
    ...[
      '',
      '## 审批 Approval',
      '',
      '- 2026-11-20 head-qian：同意。欠费属实，通知已依规送达，无特殊保护情形',
      '',
    ],
    ...['## 停电 The stop', '', '- 2026-12-01 09:20 停电前电话：用户接听，已告知'],
    '- 2026-12-01 10:08 许可 permit/1：再次核对营销系统，仍欠 ¥126.66，准予停电，有效十分钟',
    '- 2026-12-01 10:10 crew-wu 停电：表号 M320899000001，表底 4711.5 kWh，照片一张',
  ].join('\n'),
  manifest: {
    parts: ['case', 'bills', 'notices', 'services', 'approvals', 'permits', 'messages', 'audit'].map(
      (name, index) => ({ name, rows: 1 + index, sha256: hashOf(name) }),
    ),
    files: [{ sha256: hashOf('photo'), bytes: 48_213 }],
    root: hashOf('root'),
  },
  seal: { publicKey: 'MCowBQYDK2VwAyEA'.repeat(3), signature: hashOf('seal') },
  ...over,
});

const print =
  (paper: () => Paper): (() => Promise<Buffer>) =>
  () =>
    printPaper(paper());

const notice = (kind: 'first-dunning' | 'yellow' | 'red'): Omit<PaperToLookAt, 'name'> => ({
  usual: () => printNotice(sample.notice(kind, sample.stopFacts(3))),
  extreme: () => printNotice(sample.notice(kind, sample.stopFacts(MANY_BILLS, LONG))),
});

/** Every paper that is printed, usual and extreme. */
export const EVERY_PAPER: readonly PaperToLookAt[] = [
  { name: 'first', ...notice('first-dunning') },
  { name: 'yellow', ...notice('yellow') },
  { name: 'red', ...notice('red') },
  {
    name: 'service',
    usual: print(() => serviceSheet(sample.notice('red'), [sample.service()])),
    extreme: print(() =>
      serviceSheet(sample.notice('red', sample.stopFacts(1, LONG)), [
        sample.service({ method: 'not-served', counts: false, proofs: [] }),
        sample.service({
          ...{ method: 'refusal', witness: LONG_NAME, circumstances: LONG_WORDS },
          proofs: Array.from({ length: 12 }, () => 'ab'.repeat(32)),
        }),
      ]),
    ),
  },
  {
    name: 'stop-ticket',
    usual: print(() => ticketPaper(sample.ticket('stop'))),
    extreme: print(() =>
      ticketPaper(sample.ticket('stop', { ...LONG_ID, form: longForm('stop'), notDoneReason: LONG_WORDS })),
    ),
  },
  {
    name: 'restore-ticket',
    usual: print(() => ticketPaper(sample.ticket('restore'))),
    extreme: print(() =>
      ticketPaper(
        sample.ticket('restore', { ...LONG_ID, form: longForm('restore'), notDoneReason: LONG_WORDS }),
      ),
    ),
  },
  {
    name: 'authority',
    usual: print(() => authorityLetter(sample.letter())),
    extreme: print(() => {
      const { sealed, ...rest } = sample.letter();
      return authorityLetter({
        ...rest,
        sealed: { ...sealed, facts: { ...sealed.facts, ...LONG, sumFen: 123_456_789_012_345 } },
      });
    }),
  },
  {
    name: 'miss',
    usual: print(() => missLetter(sample.miss())),
    extreme: print(() => missLetter(sample.miss({ ...LONG, reason: LONG_WORDS }))),
  },
  {
    name: 'miss-report',
    usual: print(() => missReport(sample.miss())),
    extreme: print(() => missReport(sample.miss({ ...LONG, reason: LONG_WORDS, told: LONG_WORDS }))),
  },
  {
    name: 'credit-letter',
    usual: print(() => creditLetter(sample.creditLetter())),
    extreme: print(() =>
      creditLetter(sample.creditLetter({ ...LONG, text: `${LONG_WORDS}\n${LONG_WORDS}` })),
    ),
  },
  {
    name: 'evidence',
    usual: print(() => evidencePaper(evidence())),
    extreme: print(() =>
      evidencePaper(
        evidence({
          companyName: LONG.companyName,
          stopId: 'stop/0a1b2c3d-4e5f-6789-abcd-ef0123456789/12',
          summary: Array.from({ length: 60 }, (_, n) => `## 第${n}项\n\n- ${LONG_ADDRESS}`).join('\n'),
          manifest: {
            parts: Array.from({ length: 20 }, (_, n) => ({
              name: `part-${n}`,
              rows: n,
              sha256: '12'.repeat(32),
            })),
            files: Array.from({ length: 40 }, () => ({ sha256: '34'.repeat(32), bytes: 48_213 })),
            root: '56'.repeat(32),
          },
          seal: { publicKey: 'MCowBQYDK2VwAyEA'.repeat(4), signature: 'c2ln'.repeat(22) },
        }),
      ),
    ),
  },
  {
    name: 'certificate',
    usual: print(() => drawCertificate(sample.drawn())),
    extreme: print(() =>
      drawCertificate(
        sample.drawn({ ...LONG, class: 'dedicated-transformer', seedSource: LONG_ADDRESS.repeat(4) }),
      ),
    ),
  },
];
