import { randomUUID } from 'node:crypto';
import { json, type Tx } from '../../db/database.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import type { Finding } from '../../db/watch/finding.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';

/** So many reports upward are started at one look; the others follow at the next ones, the oldest first. */
const REPORTS_A_LOOK = 20;
const RUNG_EVERY_MS = 30 * 60_000;
const RUNGS = ['team-leader', 'station-head', 'marketing-manager', 'company-head'];
/** These climb by a ladder of their own. */
const REPORTED_ELSEWHERE = ['restoration-late', 'stand-down-unacknowledged'];
/** A kind that fills its look is not known whole: what is not in it may still stand. */
const FULL_LOOK = 200;

export interface Settled {
  raised: number;
  standing: number;
  cleared: number;
}

interface AlarmRow {
  alarmId: string;
  companyId: string;
  centreId: string | null;
  accountId: string | null;
  caseId: string | null;
  kind: string;
  subjectId: string;
}

const COLUMNS = `alarm_id as "alarmId", company_id as "companyId", centre_id as "centreId", account_id as "accountId",
  case_id as "caseId", kind, subject_id as "subjectId"`;

/** Into the history of the case, the account or the company, and to whoever has subscribed. */
function keep(tx: Tx, alarm: AlarmRow, action: 'alarm.raised' | 'alarm.cleared', nowMs: number) {
  const accountId = alarm.accountId ?? `desk/${alarm.companyId}`;
  return keepRecord(
    tx,
    { companyId: alarm.companyId, accountId, openCase: null },
    {
      action,
      caseId: alarm.caseId,
      factId: alarm.alarmId,
      actor: 'fudian',
      occurredAt: iso(nowMs),
      body: { alarmId: alarm.alarmId, kind: alarm.kind, subjectId: alarm.subjectId },
    },
  );
}

async function raise(tx: Tx, companyId: string, finding: Finding, nowMs: number): Promise<boolean> {
  const seen = await tx.run(
    `update alarms set seen_at = clock_timestamp(), detail = $4
      where company_id = $1 and kind = $2 and subject_id = $3 and cleared_at is null`,
    [companyId, finding.kind, finding.subjectId, json(finding.detail)],
  );
  if (seen > 0) return false;
  const alarm = await tx.row<AlarmRow>(
    `insert into alarms (alarm_id, company_id, centre_id, account_id, case_id, kind, subject_id, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (company_id, kind, subject_id) where cleared_at is null do nothing returning ${COLUMNS}`,
    [
      `alarm/${randomUUID()}`,
      companyId,
      finding.centreId,
      finding.accountId,
      finding.caseId,
      finding.kind,
      finding.subjectId,
      json(finding.detail),
    ],
  );
  if (alarm === undefined) return false;
  await keep(tx, alarm, 'alarm.raised', nowMs);
  return true;
}

async function clearMended(
  tx: Tx,
  companyId: string,
  kinds: readonly string[],
  findings: readonly Finding[],
  nowMs: number,
): Promise<number> {
  const countOf = (kind: string) => findings.filter((finding) => finding.kind === kind).length;
  const whole = kinds.filter((kind) => countOf(kind) < FULL_LOOK);
  const cleared = await tx.rows<AlarmRow>(
    `update alarms set cleared_at = clock_timestamp()
      where company_id = $1 and kind = any ($2) and cleared_at is null
        and not exists (select from unnest($3::text[], $4::text[]) as now (kind, subject_id)
                         where now.kind = alarms.kind and now.subject_id = alarms.subject_id)
     returning ${COLUMNS}`,
    [companyId, whole, findings.map(({ kind }) => kind), findings.map(({ subjectId }) => subjectId)],
  );
  for (const alarm of cleared) {
    await keep(tx, alarm, 'alarm.cleared', nowMs);
    if (alarm.accountId !== null)
      await putOutbox(tx, companyId, {
        kind: 'signal-report',
        key: `signal-report/stuck/${alarm.alarmId}/cleared`,
        payload: {
          subject: 'stuck',
          subjectId: alarm.alarmId,
          signal: { kind: 'cleared', factId: alarm.alarmId },
        },
      });
  }
  return cleared.length;
}

/** An alarm about somebody's supply climbs until a leader has seen it or it is mended. */
async function reportUpward(tx: Tx, companyId: string, nowMs: number): Promise<void> {
  const unreported = await tx.rows<AlarmRow>(
    `update alarms set reported_at = clock_timestamp()
      where alarm_id in (select alarm_id from alarms
                          where company_id = $1 and cleared_at is null and reported_at is null and account_id is not null
                            and centre_id is not null and kind <> all ($2)
                          order by raised_at limit ${REPORTS_A_LOOK})
     returning ${COLUMNS}`,
    [companyId, REPORTED_ELSEWHERE],
  );
  for (const { alarmId, centreId, accountId, kind } of unreported)
    await putOutbox(tx, companyId, {
      kind: 'start-report',
      key: `start-report/alarm/${alarmId}`,
      payload: {
        input: {
          companyId,
          centreId: centreId ?? '',
          accountId: accountId ?? '',
          subject: 'stuck',
          subjectId: alarmId,
          rungs: RUNGS,
          firstRungAtMs: nowMs,
          rungEveryMs: RUNG_EVERY_MS,
          text: `${kind}: ${alarmId}`,
        },
      },
    });
}

/**
 * Makes the alarms of some kinds agree with what was found: new ones are raised, told and reported upward, those that are
 * mended are cleared. The same findings again change nothing.
 */
export function settleAlarms(
  deps: ActivityDeps,
  at: { companyId: string },
  look: { kinds: readonly string[]; findings: readonly Finding[]; nowMs: number },
): Promise<Settled> {
  return act(deps, at, async (tx) => {
    let raised = 0;
    for (const finding of look.findings) if (await raise(tx, at.companyId, finding, look.nowMs)) raised += 1;
    const cleared = await clearMended(tx, at.companyId, look.kinds, look.findings, look.nowMs);
    await reportUpward(tx, at.companyId, look.nowMs);
    return { raised, standing: look.findings.length, cleared };
  });
}
