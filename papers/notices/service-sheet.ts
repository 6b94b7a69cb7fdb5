import type { Paper } from '../sheet/print.ts';
import { BLANK_TIME, form, hashText, heading, type FormRow } from '../sheet/parts.ts';
import { GREY, type Sheet } from '../sheet/sheet.ts';
import { zhInstant } from '../words/dates.ts';
import * as part from './notice.ts';

export type ServiceMethod = 'signature' | 'photo' | 'refusal' | 'electronic' | 'letter' | 'not-served';

/** One service, or try at it, as stored. */
export interface StoredService {
  method: ServiceMethod;
  /** ISO, case time. */
  occurredAt: string;
  recordedBy: string;
  meterNo: string | null;
  counts: boolean;
  witness?: string | undefined;
  circumstances?: string | undefined;
  /** SHA-256 of signature and photos. */
  proofs: readonly string[];
  /** The signature itself, where it is a picture (PNG or JPEG). */
  signature?: Uint8Array | undefined;
}

const NAMES = {
  'first-dunning': '电费缴费提醒',
  yellow: '黄色欠费电费催收通知书',
  red: '红色欠费中止供电通知书',
} as const;

const METHODS: Readonly<Record<ServiceMethod, string>> = {
  signature: '直接送达，受送达人签收',
  photo: '张贴于用电处并拍照留存',
  refusal: '留置送达（受送达人拒绝签收）',
  electronic: '电子送达（用户约定地址）',
  letter: '邮寄送达',
  'not-served': '未能送达',
};

/** Empty fields of a sheet that a hand fills. */
const BLANK: readonly FormRow[] = [
  [['送达方式', '□ 直接送达　□ 留置送达　□ 邮寄送达　□ 电子送达']],
  [
    ['送达时间', BLANK_TIME],
    ['受送达人签收', ''],
  ],
  [['代收人及代收理由', '']],
  [['拒签情形', '\n\n']],
  [
    ['见证人', ''],
    ['送达人', ''],
  ],
];

function rowsOf(service: StoredService): FormRow[] {
  const { method, witness = '', circumstances = '' } = service;
  return [
    [['送达方式', METHODS[method]]],
    [
      ['送达时间', zhInstant(service.occurredAt)],
      ['送达结果', service.counts ? '有效送达' : '不计为送达'],
    ],
    [
      ['现场核对表号', service.meterNo ?? '—'],
      ['送达人', service.recordedBy],
    ],
    ...(circumstances === '' ? [] : [[['情况记录', circumstances]] as FormRow]),
    ...(witness === '' ? [] : [[['见证人', witness]] as FormRow]),
    ...(service.proofs.length === 0
      ? []
      : [[['证据摘要（SHA-256）', service.proofs.map(hashText).join('\n')]] as FormRow]),
  ];
}

const SIGNATURE_HEIGHT = 90;

/** The customer's signature as it was taken; bytes that are no picture leave the box empty, their hash stands above. */
function signatureBox(sheet: Sheet, picture: Uint8Array): void {
  sheet.need(SIGNATURE_HEIGHT);
  sheet.box(sheet.left, sheet.y, sheet.width, SIGNATURE_HEIGHT);
  sheet.put('受送达人签名', sheet.left + 6, sheet.y + 4, 120, { size: 9, colour: GREY });
  try {
    sheet.pdf.image(Buffer.from(picture), sheet.left + 130, sheet.y + 6, {
      fit: [sheet.width - 150, SIGNATURE_HEIGHT - 12],
      align: 'center',
      valign: 'center',
    });
  } catch {
    sheet.put('（签名文件不是图片，见证据摘要）', sheet.left + 130, sheet.y + 36, 260, {
      size: 10,
      colour: GREY,
    });
  }
  sheet.gap(SIGNATURE_HEIGHT);
}

/** 送达回证: what was served on whom, when, how, and what proves it; empty before the service, to be filled by hand (T2.2, L8). */
export function serviceSheet(notice: part.StoredNotice, services: readonly StoredService[]): Paper {
  const { facts } = notice.sealed;
  const { companyName: company } = facts;
  const number = part.numberOf(notice);
  const title = '送达回证';
  const last = services.at(-1);
  return {
    head: { title, number, company, madeAt: last?.occurredAt ?? part.madeAtOf(facts) },
    write(sheet) {
      heading(sheet, company, title, `所送文书编号：${number}`);
      form(sheet, [
        [['送达文书', `《${NAMES[notice.kind]}》一份`]],
        [
          ['受送达人', facts.customerName],
          ['户号', facts.accountNo],
        ],
        [['送达地点', facts.address]],
        [
          ['电能表号', facts.meterNo],
          ['送达单位', facts.centreName],
        ],
      ]);
      if (services.length === 0) form(sheet, BLANK, 34);
      services.forEach((service, index) => {
        if (services.length > 1) {
          sheet.gap(8);
          sheet.paragraph(`第 ${index + 1} 次`, { size: 11, face: 'bold' });
        }
        form(sheet, rowsOf(service));
        if (service.signature !== undefined) signatureBox(sheet, service.signature);
      });
      sheet.gap(8);
      sheet.paragraph(
        '说明：送达日不计入期限。拒绝签收的，记明情况，由见证人见证或拍照留存，视为依规定送达；发送成功但未到达约定地址的，不视为送达。',
        { size: 9, colour: GREY, lineGap: 3 },
      );
    },
  };
}
