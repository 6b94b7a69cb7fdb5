import type { Vault } from '../db/keys/vault.ts';
import type { CrewRow } from '../db/reads/crew-round.ts';
import type { RoundRow } from '../db/reads/reader-round.ts';
import { civilDate } from '../rules/calendar/civil-date.ts';
import { epochMsOf } from '../rules/calendar/shanghai-time.ts';
import { isNoticeServed } from '../rules/service/is-notice-served.ts';
import type { Reason } from '../rules/verdict.ts';
import type { Lang } from './http/caller.ts';
import { say } from './http/say.ts';
import type { CrewTicket, RoundItem } from './shapes/round.ts';

/** How a reader serves at the door. */
const AT_THE_DOOR = ['signature', 'photo', 'refusal', 'not-served'];

type Notice = NonNullable<RoundRow['notice']>;

const iso = (ms: number): string => new Date(ms).toISOString();

/** What each day of service would fix: the stop that the plan holds for it (T2.2). */
const serviceDays = ({ candidates, intervalMinutes }: Notice) =>
  candidates.map(({ serviceDate, stopDate, startMinute, lastPaymentDate }) => {
    const stopAtMs = epochMsOf(civilDate(stopDate), startMinute);
    return {
      on: serviceDate,
      lastPaymentOn: lastPaymentDate,
      stopAt: iso(stopAtMs),
      stopUntil: iso(stopAtMs + (intervalMinutes ?? 0) * 60_000),
    };
  });

/** Whether a signature given this minute, at the right meter, would be service: the same rule that judges it afterwards. */
function mayServe(row: RoundRow, notice: Notice, lang: Lang) {
  const nowMs = Date.parse(row.nowAt);
  const verdict = isNoticeServed({
    kind: notice.kind,
    method: 'signature',
    occurredAtMs: nowMs,
    nowMs,
    preparedAtMs: Date.parse(notice.preparedAt),
    noticeStatus: notice.status,
    meterNoSeen: row.meterNo,
    accountMeterNo: row.meterNo,
    proofCount: 1,
    hasWitness: false,
    hasCircumstances: false,
    agreedAddress: null,
    receipt: 'none',
    sentOn: [],
    candidateDates:
      notice.kind === 'red' ? notice.candidates.map(({ serviceDate }) => civilDate(serviceDate)) : null,
    claimsPaid: false,
  });
  return {
    allowed: verdict.outcome === 'permitted',
    reasons: verdict.outcome === 'refused' ? say(verdict.reasons, lang) : [],
  };
}

function noticeOf(row: RoundRow, vault: Vault, lang: Lang): RoundItem['notice'] {
  const { notice, textEnc } = row;
  if (notice === null || textEnc === null) return null;
  const { zh, en } = vault.openJson<{ zh: string; en: string }>(textEnc);
  const { noticeId, kind, sumFen, principalFen, lastPaymentOn, stopAt, intervalMinutes } = notice;
  return {
    ...{ noticeId, kind, sumFen, principalFen, lastPaymentOn },
    stopAt: stopAt === null ? null : iso(Date.parse(stopAt)),
    stopUntil: stopAt === null ? null : iso(Date.parse(stopAt) + (intervalMinutes ?? 0) * 60_000),
    text: { zh, en },
    serviceDays: serviceDays(notice),
    methods: AT_THE_DOOR,
    mayServe: mayServe(row, notice, lang),
  };
}

/** One stop of a reader's round, with all that the device needs while it has no network. */
export function roundItemOf(row: RoundRow, vault: Vault, lang: Lang): RoundItem {
  const { taskId, kind, ref, caseId, notBefore, dueAt, nowAt, accountNo, meterNo } = row;
  return {
    ...{ taskId, kind, ref, caseId, notBefore, dueAt, nowAt, accountNo, meterNo },
    customerName: vault.open(row.nameEnc),
    address: vault.open(row.addressEnc),
    notice: noticeOf(row, vault, lang),
    stop:
      row.plannedFrom === null || row.plannedTo === null
        ? null
        : { plannedFrom: row.plannedFrom, plannedTo: row.plannedTo },
  };
}

/** What a crew may do with a ticket now, as far as the ticket alone can tell; the permit itself is decided when it is asked for. */
function actionsOf(row: CrewRow, lang: Lang): CrewTicket['allowedActions'] {
  const { kind, status, stage, restoration, isWithAnotherCrew } = row;
  const isOpen = status === 'raised' || status === 'dispatched';
  const closed: Reason = { code: 'ticket-closed', clause: 'T2.3' };
  const list: (readonly [string, readonly (Reason | false)[]])[] =
    kind === 'stop'
      ? [
          [
            'request-permit',
            [
              !isOpen && closed,
              isOpen && stage !== 'permit' && { code: 'not-at-the-stop', clause: 'L2.pre' },
            ],
          ],
          ['report-not-done', [!isOpen && closed]],
          [
            'acknowledge-stand-down',
            [
              status !== 'recalled' && { code: 'not-recalled', clause: 'T1.2' },
              isWithAnotherCrew && { code: 'permit-with-another-crew', clause: 'T1.2' },
            ],
          ],
        ]
      : [
          ['confirm-safety', [(!isOpen || restoration === null) && closed]],
          ['record-restored', [!isOpen && closed]],
        ];
  return list.map(([action, against]) => {
    const reasons = say(
      against.filter((one) => one !== false),
      lang,
    );
    return { action, allowed: reasons.length === 0, reasons };
  });
}

/** One ticket of a crew's day, with all that the device needs while it has no network. */
export function crewTicketOf(row: CrewRow, vault: Vault, lang: Lang): CrewTicket {
  const { ticketId, kind, status, caseId, stopId, plannedFrom, plannedTo, recallReason } = row;
  const { nowAt, accountNo, meterNo, permit, restoration } = row;
  return {
    ...{ ticketId, kind, status, caseId, stopId, plannedFrom, plannedTo, recallReason },
    ...{ nowAt, accountNo, meterNo, permit, restoration },
    customerName: vault.open(row.nameEnc),
    address: vault.open(row.addressEnc),
    form: vault.openJson<Record<string, string>>(row.formEnc),
    phone: kind === 'restore' && row.phoneEnc !== null ? vault.open(row.phoneEnc) : null,
    allowedActions: actionsOf(row, lang),
  };
}
