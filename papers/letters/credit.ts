import type { Paper } from '../sheet/print.ts';
import { BLANK_TIME, body, closing, cutStub, form, heading } from '../sheet/parts.ts';
import { zhDayOf, zhInstant } from '../words/dates.ts';

/** A letter of credit as it was sealed with its message. Instants ISO, case time. */
export interface StoredCreditLetter {
  letterId: string;
  companyName: string;
  customerName: string;
  accountNo: string;
  address: string;
  subject: string;
  /** Paragraphs, one a line. */
  text: string;
  preparedAt: string;
  served: { at: string; by: string } | null;
}

const SERVED_BY: Readonly<Record<string, string>> = {
  receipt: '电子送达回执',
  signature: '本人签收',
  photo: '拍照留证',
  refusal: '拒签，已记录',
  delivery: '邮政回执',
};

/** A letter to the customer about their credit (H2, G3.C, L7), with the slip that comes back signed. */
export function creditLetter(letter: StoredCreditLetter): Paper {
  const { companyName: company, subject: title, accountNo, served } = letter;
  const number = `信用〔${zhDayOf(letter.preparedAt).slice(0, 4)}〕${accountNo}`;
  return {
    head: { title, number, company, madeAt: letter.preparedAt },
    write(sheet) {
      heading(sheet, company, title, `编号：${number}`);
      sheet.paragraph(`${letter.customerName}：`, { size: 13, face: 'bold' });
      for (const line of letter.text.split('\n')) body(sheet, line);
      sheet.gap(6);
      form(sheet, [
        [
          ['户名', letter.customerName],
          ['户号', accountNo],
        ],
        [['用电地址', letter.address]],
      ]);
      closing(sheet, company, zhDayOf(letter.preparedAt));
      cutStub(sheet, {
        title: '送达回证',
        number: `编号：${number}`,
        statement: `已收到${company}关于户号 ${accountNo} 的《${title}》。`,
        rows: [
          [
            ['送达方式', served === null ? '' : (SERVED_BY[served.by] ?? served.by)],
            ['送达时间', served === null ? BLANK_TIME : zhInstant(served.at)],
          ],
          [
            ['收件人签名', ''],
            ['送达人签名', ''],
          ],
        ],
      });
    },
  };
}
