import { standDown } from '../../intake/stand-down.ts';
import { takeAccount } from '../../intake/take-account.ts';
import { SystemRefused } from '../../systems/errors.ts';
import type { ReconcileAt, ReconcilePage } from '../contract.ts';
import { act, type ActivityDeps } from '../deps.ts';
import { dispatchTicket } from '../live/dispatch-ticket.ts';
import { meetDifference } from './meet-difference.ts';

const PAGE = 100;

interface TicketRow {
  ticketId: string;
  kind: 'stop' | 'restore';
  accountId: string;
  centreId: string;
  caseId: string | null;
  isOver: boolean;
  hasCase: boolean;
}

/** Orders that crews should have, oldest id first. */
const TICKETS = `
select t.ticket_id as "ticketId", t.kind, t.account_id as "accountId", t.centre_id as "centreId", t.case_id as "caseId",
       t.planned_to < clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms' as "isOver",
       exists (select from cases c where c.account_id = t.account_id and c.status = 'open') as "hasCase"
  from tickets t left join case_clocks k on k.account_id = t.account_id
 where t.status = 'dispatched' and t.ticket_id > $1 order by t.ticket_id limit ${PAGE}`;

async function statusAtCrews(deps: ActivityDeps, ticketId: string): Promise<string> {
  try {
    return (await deps.systems.fieldWork.read(ticketId)).status;
  } catch (error) {
    if (error instanceof SystemRefused) return 'unknown';
    throw error;
  }
}

async function compareOne(deps: ActivityDeps, at: ReconcileAt, row: TicketRow): Promise<void> {
  const { ticketId, kind, accountId, centreId, caseId } = row;
  const of = { subjectId: ticketId, centreId, accountId, caseId };
  if (kind === 'stop' && !row.hasCase)
    return meetDifference(deps, at, { kind: 'ticket-of-closed-case', ...of, detail: {} }, () =>
      act(deps, at, async (tx) => {
        const account = await takeAccount(tx, { accountId });
        if (account.openCase === null) await standDown(tx, account, 'case-closed');
      }),
    );
  const status = await statusAtCrews(deps, ticketId);
  const detail = { kind, atCrews: status };
  if (status === 'unknown') {
    // A stop whose hour is over is not given out again; its case slips by itself.
    const mend = kind === 'stop' && row.isOver ? undefined : () => dispatchTicket(deps)({ ...at, ticketId });
    return meetDifference(deps, at, { kind: 'ticket-unknown-to-crews', ...of, detail }, mend);
  }
  if (status === 'done') return meetDifference(deps, at, { kind: 'ticket-done-not-recorded', ...of, detail });
  if (status.startsWith('recall'))
    return meetDifference(deps, at, { kind: 'ticket-recalled-by-crews', ...of, detail });
}

/** Recalled, and no entry left that tells the crew: it is told again. */
const UNTOLD = `
select t.ticket_id as "ticketId", t.account_id as "accountId", t.centre_id as "centreId", t.case_id as "caseId"
  from tickets t
 where t.status = 'recalled'
   and not exists (select from outbox o where o.outbox_key = 'stand-down/' || t.ticket_id and o.done_at is null)`;

async function compareRecalls(deps: ActivityDeps, at: ReconcileAt): Promise<number> {
  const untold = await act(deps, at, (tx) =>
    tx.rows<{ ticketId: string; accountId: string; centreId: string; caseId: string | null }>(UNTOLD),
  );
  let compared = 0;
  for (const { ticketId, ...of } of untold) {
    // An order that never left us, or that the crew has never heard of, needs no recall.
    if ((await statusAtCrews(deps, ticketId)) === 'unknown') continue;
    compared += 1;
    await meetDifference(deps, at, { kind: 'recall-not-told', subjectId: ticketId, ...of, detail: {} }, () =>
      act(deps, at, async (tx) => {
        await tx.run(
          `insert into outbox (company_id, kind, outbox_key, priority, payload)
           select company_id, 'stand-down', 'stand-down/' || ticket_id, 0,
                  jsonb_build_object('ticketId', ticket_id, 'reason', coalesce(recall_reason, 'recalled'))
             from tickets where ticket_id = $1
           on conflict (outbox_key) do update set done_at = null, next_try_at = clock_timestamp()`,
          [ticketId],
        );
      }),
    );
  }
  return compared;
}

/** Orders in our books against those of the crews' system. @throws SystemUnavailable */
export const compareTickets =
  (deps: ActivityDeps) =>
  async (at: ReconcileAt & { after: string }): Promise<ReconcilePage> => {
    const rows = await act(deps, at, (tx) => tx.rows<TicketRow>(TICKETS, [at.after]));
    for (const row of rows) await compareOne(deps, at, row);
    const recalls = at.after === '' ? await compareRecalls(deps, at) : 0;
    const last = rows.at(-1);
    return {
      compared: rows.length + recalls,
      next: rows.length === PAGE && last !== undefined ? last.ticketId : null,
    };
  };
