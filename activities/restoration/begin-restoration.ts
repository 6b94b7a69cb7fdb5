import { keepRecord } from '../../intake/keep-record.ts';
import { oweExplanation } from '../../intake/restorations/owe-explanation.ts';
import type { Tx } from '../../db/database.ts';
import { shanghaiText } from '../../rules/calendar/shanghai-time.ts';
import { restorationCauseMs, restorationDeadline } from '../../rules/restore/restoration-deadline.ts';
import { restoreTicketForm } from '../../systems/tickets/restore-ticket.ts';
import type { RestorationMoment, RestorationPlan } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import { readStopFile, type StopFile } from './stop-file.ts';
import { prepareSafetyCall } from './tell.ts';

const CAUSES: Readonly<Record<string, string>> = {
  paid: '欠费已缴清',
  guarantee: '已提供担保',
  plan: '已签缴费计划',
  'authority-order': '主管部门书面要求',
  'dispute-upheld': '争议成立',
  'wrongful-stop': '错停立即恢复',
  danger: '危及健康',
  'moved-out': '用户变更',
  shield: '保电要求',
};

interface Trigger {
  kind: string;
  occurred_at: string;
}

function readTriggers(tx: Tx, stopId: string): Promise<Trigger[]> {
  return tx.rows<Trigger>(
    'select kind, occurred_at from restoration_triggers where stop_id = $1 order by occurred_at',
    [stopId],
  );
}

async function raiseTicket(
  tx: Tx,
  deps: ActivityDeps,
  at: RestorationMoment,
  file: StopFile,
  plan: { ticketId: string; causeAtMs: number; deadlineMs: number; cause: string },
): Promise<void> {
  const form = restoreTicketForm({
    ticketId: plan.ticketId,
    companyName: file.companyName,
    centreName: file.centreName,
    accountNo: file.accountNo,
    customerName: file.customerName,
    address: file.address,
    meterNo: file.meterNo,
    cause: plan.cause,
    causeAt: shanghaiText(plan.causeAtMs),
    deadline: shanghaiText(plan.deadlineMs),
  });
  await tx.run(
    `insert into tickets (ticket_id, company_id, centre_id, account_id, case_id, stop_id, kind, attempt, status, raised_by,
                          meter_no, form_enc, planned_from, planned_to, occurred_at)
     values ($1, $2, $3, $4, $5, $6, 'restore', 1, 'raised', 'fudian', $7, $8, $9, $10, $9) on conflict do nothing`,
    [
      plan.ticketId,
      at.companyId,
      at.centreId,
      at.accountId,
      file.caseId,
      at.stopId,
      file.meterNo,
      deps.vault.sealJson(form),
      iso(at.nowMs),
      iso(plan.deadlineMs),
    ],
  );
}

/** Supply was back before the books were open: nobody is sent, and the clock is judged all the same. */
async function closeAtOnce(tx: Tx, at: RestorationMoment): Promise<void> {
  const { stopId } = at;
  const closed = await tx.row<{ missed: boolean }>(
    `update restorations r set status = 'restored', restored_at = s.restored_at, missed = s.restored_at > r.deadline_at
       from stops s where r.stop_id = $1 and s.stop_id = $1 and r.restored_at is null returning r.missed`,
    [stopId],
  );
  if (closed?.missed === true) await oweExplanation(tx, at);
  await tx.run(
    `update tickets set status = 'done' where stop_id = $1 and kind = 'restore' and status = 'raised'`,
    [stopId],
  );
}

/** Opens a restoration: clocks from the cause's own time, the ticket at once (T3.1, T3.3, L3). Asked again, it answers the same. */
export const beginRestoration =
  (deps: ActivityDeps) =>
  (at: RestorationMoment): Promise<RestorationPlan> =>
    act(deps, at, async (tx) => {
      const file = await readStopFile(tx, deps.vault, at);
      const triggers = await readTriggers(tx, at.stopId);
      const causeAtMs = restorationCauseMs({
        stoppedAtMs: file.stoppedAtMs,
        triggersAtMs: triggers.map((t) => Date.parse(t.occurred_at)),
        nowMs: at.nowMs,
      });
      const times = restorationDeadline({ causeAtMs, policy: file.policy });
      const ticketId = `restore-ticket/${at.stopId}`;
      const isNew = await tx.run(
        `insert into restorations (stop_id, company_id, centre_id, account_id, status, cause_at, promise_at, deadline_at)
         values ($1, $2, $3, $4, 'owed', $5, $6, $7) on conflict (stop_id) do nothing`,
        [
          at.stopId,
          at.companyId,
          at.centreId,
          at.accountId,
          iso(causeAtMs),
          iso(times.promiseMs),
          iso(times.deadlineMs),
        ],
      );
      const cause = CAUSES[triggers[0]?.kind ?? ''] ?? '恢复供电';
      await raiseTicket(tx, deps, at, file, { ticketId, causeAtMs, deadlineMs: times.deadlineMs, cause });
      // Proof may have come before the books were open.
      if (!file.inForce) await closeAtOnce(tx, at);
      if (isNew > 0)
        await keepRecord(
          tx,
          { ...at, openCase: file.caseId === null ? null : { caseId: file.caseId } },
          {
            action: 'restoration.begun',
            factId: at.stopId,
            actor: 'fudian',
            occurredAt: iso(at.nowMs),
            body: { stopId: at.stopId, ticketId, deadline: iso(times.deadlineMs) },
          },
        );
      return {
        causeAtMs,
        promiseMs: times.promiseMs,
        deadlineMs: times.deadlineMs,
        escalationsMs: [...times.escalationsMs],
        missDeadlineMs: times.missDeadlineMs,
        ticketId,
        remoteSwitch: file.remoteSwitch,
        restored: !file.inForce,
        safetyCallId: await prepareSafetyCall(tx, deps, at, file),
      };
    });
