import type { Paper } from '../sheet/print.ts';
import { BLANK_TIME, form, hashText, heading, type FormRow } from '../sheet/parts.ts';
import { GREY } from '../sheet/sheet.ts';
import { zhInstant } from '../words/dates.ts';

/** A work ticket as stored: the sealed form, and what was recorded on it since. Instants ISO, case time. */
export interface StoredTicket {
  kind: 'stop' | 'restore';
  ticketId: string;
  /** Field by field, as sealed when it was raised. */
  form: Readonly<Record<string, string>>;
  raisedAt: string;
  crewId: string | null;
  notDoneReason: string | null;
  recalledAt: string | null;
  recallReason: string | null;
  permit: { permitId: string; grantedAt: string; expiresAt: string } | null;
  execution: { at: string; meterNo: string; readingKwh: number | null; proofs: readonly string[] } | null;
  /** What the restoration was proven by, in words; null before. */
  restored: { at: string; proof: string } | null;
}

const TITLES = { stop: '停 电 工 作 票', restore: '复 电 工 作 票' } as const;

/** 票号 as people say it: the last words of the id, without the case in the middle. */
const shortNo = (ticketId: string): string => ticketId.replaceAll('/', '-');

/** Measures one by one, with a box to tick at each. */
const measuresOf = (text: string): string =>
  text
    .split('；')
    .filter((line) => line !== '')
    .map((line, index) => `${index + 1}. ${line}　　□ 已执行`)
    .join('\n');

const value = (ticket: StoredTicket, name: string): string => ticket.form[name] ?? '';

function headRows(ticket: StoredTicket): FormRow[] {
  return [
    [
      ['单位', value(ticket, '单位')],
      ['班组', value(ticket, '班组')],
    ],
    [
      ['签发时间', zhInstant(ticket.raisedAt)],
      ['工作负责人', ticket.crewId ?? value(ticket, '工作负责人')],
    ],
    [['工作班成员', '']],
    [
      ['户号', value(ticket, '户号')],
      ['户名', value(ticket, '户名')],
    ],
    [['用电地址', value(ticket, '用电地址')]],
    [
      ['电能表号', value(ticket, '电能表号')],
      ['现场核对表号', ticket.execution?.meterNo ?? ''],
    ],
  ];
}

function stopRows(ticket: StoredTicket): FormRow[] {
  const { permit, execution } = ticket;
  return [
    [
      ['停电原因', value(ticket, '停电原因')],
      ['通知书送达日期', value(ticket, '通知书送达日期')],
    ],
    [['审批单号', value(ticket, '审批单号')]],
    [
      ['审批人', value(ticket, '审批人')],
      ['申请人', value(ticket, '申请人')],
    ],
    [['计划停电时间', value(ticket, '计划停电时间')]],
    [['安全措施', measuresOf(value(ticket, '安全措施'))]],
    [['停电许可', permit === null ? `许可号：\n许可时间：${BLANK_TIME}（十分钟内有效）` : permitOf(permit)]],
    [
      ['执行时间', execution === null ? BLANK_TIME : zhInstant(execution.at)],
      ['表底数（kWh）', execution?.readingKwh?.toString() ?? ''],
    ],
  ];
}

const permitOf = (permit: NonNullable<StoredTicket['permit']>): string =>
  `许可号：${permit.permitId}\n许可时间：${zhInstant(permit.grantedAt)}，有效至${zhInstant(permit.expiresAt)}`;

function restoreRows(ticket: StoredTicket): FormRow[] {
  const { restored } = ticket;
  return [
    [['复电事由', value(ticket, '复电事由')]],
    [
      ['事由时间', value(ticket, '事由时间')],
      ['复电时限', value(ticket, '复电时限')],
    ],
    [['安全措施', measuresOf(value(ticket, '安全措施'))]],
    [
      ['复电时间', restored === null ? BLANK_TIME : zhInstant(restored.at)],
      ['带电证明', restored?.proof ?? ''],
    ],
  ];
}

function endRows(ticket: StoredTicket): FormRow[] {
  const ended =
    ticket.recalledAt !== null
      ? [[['撤回', `${zhInstant(ticket.recalledAt)}　${ticket.recallReason ?? ''}`]] as FormRow]
      : ticket.notDoneReason !== null
        ? [[['未执行原因', ticket.notDoneReason]] as FormRow]
        : [];
  const proofs = ticket.execution?.proofs ?? [];
  return [
    ...ended,
    ...(proofs.length === 0 ? [] : [[['照片摘要（SHA-256）', proofs.map(hashText).join('\n')]] as FormRow]),
  ];
}

const SIGNATURES: readonly FormRow[] = [
  [
    ['签发人签名', ''],
    ['许可人签名', ''],
  ],
  [
    ['工作负责人签名', ''],
    ['工作终结时间', BLANK_TIME],
  ],
];

/** 停电工作票 or 复电工作票 in the form of the trade (T2.3, T2.7, T3.1). */
export function ticketPaper(ticket: StoredTicket): Paper {
  const number = shortNo(ticket.ticketId);
  const company = value(ticket, '单位');
  const title = TITLES[ticket.kind];
  return {
    head: { title: title.replaceAll(' ', ''), number, company, madeAt: ticket.raisedAt },
    write(sheet) {
      heading(sheet, company, title, `票号：${number}`);
      form(sheet, headRows(ticket), 28);
      form(sheet, ticket.kind === 'stop' ? stopRows(ticket) : restoreRows(ticket), 28);
      form(sheet, endRows(ticket), 28);
      // Signatures stay together.
      sheet.need(2 * 40);
      form(sheet, SIGNATURES, 40);
      sheet.gap(8);
      sheet.paragraph(
        ticket.kind === 'stop'
          ? '现场未取得许可、许可过期、用户已缴费、表号不符或错过计划停电时间的，一律不得停电；如实填写未执行原因交回。'
          : '复电不分昼夜和节假日；联系不上用户不得推迟复电。带电证明以验电结果或用户确认为准，开关合闸不作为证明。',
        { size: 9, colour: GREY, lineGap: 3 },
      );
    },
  };
}
