import type { SealedPaper } from '../../systems/messages/papers.ts';
import { yuan, zhDate } from '../../systems/messages/words.ts';
import type { Paper } from '../sheet/print.ts';
import { BLANK_TIME, body, closing, cutStub, form, heading } from '../sheet/parts.ts';
import { zhInstant, zhInterval } from '../words/dates.ts';
import { capitalYuan } from '../words/capital-yuan.ts';
import { noticeNumber } from '../words/numbers.ts';

/** A paper for an authority as stored. */
export interface StoredLetter {
  kind: 'suspension-copy' | 'large-arrears';
  attempt: number;
  sealed: SealedPaper;
  receipt: { at: string; by: string } | null;
}

const TITLES = {
  'suspension-copy': '重要用户中止供电通知抄送函',
  'large-arrears': '大额欠费情况报告',
} as const;
const WORDS = { 'suspension-copy': '抄送', 'large-arrears': '报告' } as const;

/** The letter as it was handed in (L2.gov, T3.5), with a receipt to be signed and sent back. */
export function authorityLetter({ kind, attempt, sealed, receipt }: StoredLetter): Paper {
  const { facts, text } = sealed;
  const { companyName: company } = facts;
  const title = TITLES[kind];
  const number = noticeNumber(WORDS[kind], { ...facts, attempt });
  // First line: to whom; last line: from whom, which stands at the seal.
  const [to = '', ...lines] = text.split('\n');
  return {
    head: { title, number, company, madeAt: new Date(`${facts.preparedOn}T00:00:00+08:00`).toISOString() },
    write(sheet) {
      heading(sheet, company, title, `编号：${number}`);
      sheet.paragraph(to, { size: 13, face: 'bold' });
      for (const line of lines) if (line !== company) body(sheet, line);
      form(sheet, [
        [
          ['户名', facts.customerName],
          ['户号', facts.accountNo],
        ],
        [['用电地址', facts.address]],
        [
          [
            '欠费合计',
            `${yuan(facts.sumFen)}（人民币${capitalYuan(facts.sumFen)}），其中本金 ${yuan(facts.principalFen)}`,
          ],
        ],
        [
          ['通知送达日期', zhDate(facts.servedOn)],
          ['拟中止供电时间', zhInterval(facts.stopFrom, facts.stopUntil)],
        ],
      ]);
      closing(sheet, company, zhDate(facts.preparedOn));
      cutStub(sheet, {
        title: '签收回执',
        number: `编号：${number}`,
        statement: `已收到${company}关于户号 ${facts.accountNo} 的《${title}》。`,
        rows: [
          [
            ['签收单位', receipt?.by ?? ''],
            ['签收人', ''],
          ],
          [
            ['签收时间', receipt === null ? BLANK_TIME : zhInstant(receipt.at)],
            ['盖章', ''],
          ],
        ],
      });
    },
  };
}
