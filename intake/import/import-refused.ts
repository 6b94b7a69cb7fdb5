import { IntakeRefused } from '../deps.ts';

const TEXTS = {
  'missing-columns': {
    zh: '文件缺少必需的列：{columns}',
    en: 'the file lacks the required column(s): {columns}',
  },
  'no-header': { zh: '文件是空的', en: 'the file is empty' },
  'not-a-csv-file': {
    zh: '文件不是 UTF-8 或 GB18030 编码的 CSV，请另存为 CSV 后再导入',
    en: 'not a CSV file in UTF-8 or GB18030; save it as CSV and import that',
  },
  'unknown-centre': { zh: '没有抄表中心 {centreId}', en: 'there is no centre {centreId}' },
} as const;

/** Why a whole file is not taken in. */
export type ImportRefusal = keyof typeof TEXTS;

/** A file that cannot be imported at all; the message says why, in Chinese and English. Nothing of it was stored. */
export class ImportRefused extends IntakeRefused {
  constructor(code: ImportRefusal, params: Record<string, string>) {
    super(code, 422, params);
    const say = (locale: 'zh' | 'en'): string =>
      TEXTS[code][locale].replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
    this.message = `${say('zh')} / ${say('en')}`;
  }
}
