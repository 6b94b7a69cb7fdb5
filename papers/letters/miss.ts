import type { Paper } from '../sheet/print.ts';
import { body, closing, form, heading } from '../sheet/parts.ts';
import { zhDayOf, zhInstant } from '../words/dates.ts';

/** A restoration that took longer than 24 hours, as stored. Instants ISO, case time. */
export interface StoredMiss {
  companyName: string;
  centreName: string;
  customerName: string;
  accountNo: string;
  address: string;
  meterNo: string;
  stoppedAt: string;
  causeAt: string;
  deadlineAt: string;
  /** Until when customer and leader have to be told why. */
  explanationDueAt: string | null;
  /** In a person's words; null = not given yet. */
  reason: string | null;
  /** What the customer was told at the moment of the miss, as sent. */
  told: string | null;
  customerToldAt: string | null;
  leaderToldAt: string | null;
  restoredAt: string | null;
}

const hours = (from: string, to: string): string =>
  ((Date.parse(to) - Date.parse(from)) / 3_600_000).toFixed(1);

const numberOf = (miss: StoredMiss): string =>
  `复电说明〔${zhDayOf(miss.deadlineAt).slice(0, 4)}〕${miss.accountNo}`;

function facts(miss: StoredMiss): Parameters<typeof form>[1] {
  return [
    [
      ['户名', miss.customerName],
      ['户号', miss.accountNo],
    ],
    [['用电地址', miss.address]],
    [
      ['停电时间', zhInstant(miss.stoppedAt)],
      ['应复电起算时间', zhInstant(miss.causeAt)],
    ],
    [
      ['复电时限', zhInstant(miss.deadlineAt)],
      ['实际复电时间', miss.restoredAt === null ? '尚未复电' : zhInstant(miss.restoredAt)],
    ],
    [['延迟原因', miss.reason ?? '正在核查，查明后立即说明']],
  ];
}

/** 恢复供电延迟说明 to the customer: sorry, why, until when (T3.3). */
export function missLetter(miss: StoredMiss): Paper {
  const title = '恢复供电延迟说明';
  const number = numberOf(miss);
  return {
    head: { title, number, company: miss.companyName, madeAt: miss.deadlineAt },
    write(sheet) {
      heading(sheet, miss.companyName, title, `编号：${number}`);
      sheet.paragraph(`${miss.customerName}：`, { size: 13, face: 'bold' });
      body(
        sheet,
        `您户（户号 ${miss.accountNo}）自${zhInstant(miss.causeAt)}起已具备恢复供电的条件，按规定应在 24 小时内、即${zhInstant(miss.deadlineAt)}前恢复供电。我们未能做到，给您的生活带来不便，在此向您致歉，并说明如下：`,
      );
      form(sheet, facts(miss));
      sheet.gap(8);
      body(
        sheet,
        miss.restoredAt === null
          ? `我们正在抢送，最迟于${zhInstant(miss.explanationDueAt)}前恢复供电。如有紧急用电需要，请立即拨打 95598。`
          : `供电已于${zhInstant(miss.restoredAt)}恢复。如您家中仍然没有电，请立即拨打 95598。`,
      );
      body(sheet, '您有权就此次延迟向我们提出意见或者向电力管理部门投诉。');
      closing(sheet, miss.companyName, zhDayOf(miss.customerToldAt ?? miss.deadlineAt));
    },
  };
}

/** The same to the leader in charge: figures, reason, who was told when (T3.3). */
export function missReport(miss: StoredMiss): Paper {
  const title = '恢复供电超时情况报告';
  const number = numberOf(miss);
  return {
    head: { title, number, company: miss.companyName, madeAt: miss.deadlineAt },
    write(sheet) {
      heading(sheet, miss.companyName, title, `编号：${number}`);
      sheet.paragraph('主管领导：', { size: 13, face: 'bold' });
      body(
        sheet,
        `${miss.centreName}户号 ${miss.accountNo} 的复电未能在 24 小时内完成，现将有关情况报告如下：`,
      );
      form(sheet, [
        ...facts(miss),
        [
          ['电能表号', miss.meterNo],
          [
            '历时（小时）',
            miss.restoredAt === null ? '超过 24，尚未复电' : hours(miss.causeAt, miss.restoredAt),
          ],
        ],
        [
          ['告知用户时间', zhInstant(miss.customerToldAt)],
          ['报告领导时间', zhInstant(miss.leaderToldAt)],
        ],
        [['说明期限', zhInstant(miss.explanationDueAt)]],
        ...(miss.told === null ? [] : [[['当时告知内容', miss.told]] as const]),
      ]);
      sheet.gap(6);
      form(
        sheet,
        [
          [['领导批示', '\n\n']],
          [
            ['报告人签名', ''],
            ['领导签名', ''],
          ],
        ],
        40,
      );
      closing(sheet, miss.centreName, zhDayOf(miss.leaderToldAt ?? miss.deadlineAt));
    },
  };
}
