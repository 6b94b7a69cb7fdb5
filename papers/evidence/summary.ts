import type { Paper } from '../sheet/print.ts';
import { form, heading, table } from '../sheet/parts.ts';
import { GREY, type Sheet } from '../sheet/sheet.ts';
import { zhInstant } from '../words/dates.ts';

/** What of an evidence file is printed: its readable summary word for word, its hashes and its seal. */
export interface EvidenceToPrint {
  companyName: string;
  stopId: string;
  madeAt: string;
  madeBy: string;
  /** As sealed in the file: lines of Markdown. */
  summary: string;
  manifest: {
    parts: readonly { name: string; rows: number; sha256: string }[];
    files: readonly { sha256: string; bytes: number }[];
    root: string;
  };
  seal: { publicKey: string; signature: string };
}

function writeLine(sheet: Sheet, line: string): void {
  if (line === '') {
    sheet.gap(3);
    return;
  }
  const marked = /^(#+|-) (.*)$/.exec(line);
  const text = marked?.[2] ?? line;
  if (marked?.[1] === '#') return;
  if (marked?.[1] === '##') {
    sheet.need(64);
    sheet.gap(5);
    sheet.paragraph(text, { size: 12, face: 'bold', lineGap: 2 });
    return;
  }
  const style = { size: 9.5, lineGap: 2 };
  if (marked?.[1] !== '-') {
    sheet.paragraph(text, style);
    return;
  }
  const height = sheet.heightOf(text, sheet.width - 12, style);
  sheet.need(height);
  sheet.put('·', sheet.left, sheet.y, 12, { ...style, face: 'bold' });
  sheet.put(text, sheet.left + 12, sheet.y, sheet.width - 12, style);
  sheet.gap(height + 1.5);
}

/** 停电证据摘要: the summary as it stands in the file, then what to compare the file with. */
export function evidencePaper(evidence: EvidenceToPrint): Paper {
  const title = '停电证据摘要';
  const { manifest, seal } = evidence;
  return {
    head: {
      title,
      number: evidence.stopId,
      company: evidence.companyName,
      madeAt: evidence.madeAt,
    },
    write(sheet) {
      heading(sheet, evidence.companyName, title, `停电编号：${evidence.stopId}`);
      for (const line of evidence.summary.split('\n')) writeLine(sheet, line);
      sheet.gap(8);
      sheet.need(120);
      sheet.paragraph('文件校验', { size: 12, face: 'bold', lineGap: 2 });
      form(sheet, [
        [
          ['制作时间', zhInstant(evidence.madeAt)],
          ['制作人', evidence.madeBy],
        ],
        [['根摘要', manifest.root]],
        [['公钥', seal.publicKey]],
        [['签名', seal.signature]],
      ]);
      sheet.gap(6);
      const rows = [
        ...manifest.parts.map(({ name, rows: count, sha256 }) => [name, String(count), sha256]),
        ...manifest.files.map(({ sha256, bytes }) => ['证据文件', `${bytes} 字节`, sha256]),
      ];
      table(
        sheet,
        [
          { title: '部分', share: 0.17 },
          { title: '行数', share: 0.13, align: 'right' },
          { title: 'SHA-256', share: 0.7 },
        ],
        rows,
        8,
      );
      sheet.paragraph(
        '本页为证据文件的可读摘要。以证据文件为准：用 fudian evidence verify 校验，改动任何一个字节都会被发现。',
        { size: 9, colour: GREY, lineGap: 3 },
      );
    },
  };
}
