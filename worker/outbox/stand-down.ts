import type { Tx } from '../../db/database.ts';
import { companyScope } from '../../activities/deps.ts';
import { SystemRefused } from '../../systems/errors.ts';
import type { Claimed, DeliverDeps, Delivery } from './deliver.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import { together } from './together.ts';

const REPEAT_MS = 5_000;
/** After so many unanswered tries people are told: somebody has to ring the crew. */
const TRIES_BEFORE_REPORT = 6;
const RUNG_EVERY_MS = 15 * 60_000;

/** A device answers within moments of the others that were told with it; so long the first of them waits to be written down. */
const ACKNOWLEDGED_TOGETHER_MS = 10;

interface Recalled {
  ticket_id: string;
  status: string;
  centre_id: string;
  account_id: string;
  offset_ms: number;
}

/** The books of recalls, read and written for all that are told at the same moment. */
interface RecallBook {
  ticket(ticketId: string): Promise<Recalled | undefined>;
  acknowledge(ticketId: string): Promise<unknown>;
}

function recallBook(deps: DeliverDeps, companyId: string): RecallBook {
  const tx = <T>(work: (at: Tx) => Promise<T>): Promise<T> => deps.db.tx(companyScope({ companyId }), work);
  return {
    ticket: together<Recalled>(async (ticketIds) => {
      const rows = await tx((at) =>
        at.rows<Recalled>(
          `select ticket_id, status, centre_id, account_id, coalesce(offset_ms, 0) as offset_ms
             from tickets left join case_clocks using (account_id) where ticket_id = any ($1::text[])`,
          [ticketIds],
        ),
      );
      return new Map(rows.map((row) => [row.ticket_id, row]));
    }),
    acknowledge: together<boolean>(async (ticketIds) => {
      await tx((at) =>
        at.run(
          `update tickets t set status = 'recall-acknowledged',
                  recall_acknowledged_at = clock_timestamp()
                    + coalesce((select offset_ms from case_clocks c where c.account_id = t.account_id), 0) * interval '1 ms'
            where ticket_id = any ($1::text[]) and status = 'recalled'`,
          [ticketIds],
        ),
      );
      return new Map(ticketIds.map((ticketId) => [ticketId, true]));
    }, ACKNOWLEDGED_TOGETHER_MS),
  };
}

const books = new WeakMap<DeliverDeps, RecallBook>();
/** One dispatcher carries for one company. */
function bookOf(deps: DeliverDeps, companyId: string): RecallBook {
  const book = books.get(deps) ?? recallBook(deps, companyId);
  books.set(deps, book);
  return book;
}

/**
 * Tells the crew's device to stand down, again and again until the crew has acknowledged (T1.2, T2.6); a crew that stays
 * silent is reported upward. An order that never left us needs no recall.
 */
export async function deliverStandDown(
  deps: DeliverDeps,
  entry: Extract<Claimed, { kind: 'stand-down' }>,
): Promise<Delivery> {
  const { ticketId, reason } = entry.payload;
  const book = bookOf(deps, entry.companyId);
  const ticket = await book.ticket(ticketId);
  if (ticket === undefined || ticket.status !== 'recalled') return 'done';
  try {
    const { acknowledged } = await deps.systems.fieldWork.standDown(ticketId, reason);
    if (acknowledged) {
      await book.acknowledge(ticketId);
      return 'done';
    }
  } catch (error) {
    // The crew system has never heard of the order: nobody is on the way.
    if (error instanceof SystemRefused) return 'done';
    if (entry.attempts < TRIES_BEFORE_REPORT) throw error;
  }
  if (entry.attempts === TRIES_BEFORE_REPORT) await reportSilence(deps, entry, ticket);
  return { againInMs: REPEAT_MS };
}

async function reportSilence(
  deps: DeliverDeps,
  entry: { companyId: string },
  ticket: Recalled,
): Promise<void> {
  await deps.db.tx(companyScope(entry), (tx) =>
    putOutbox(tx, entry.companyId, {
      kind: 'start-report',
      key: `start-report/stand-down/${ticket.ticket_id}`,
      payload: {
        input: {
          companyId: entry.companyId,
          centreId: ticket.centre_id,
          accountId: ticket.account_id,
          subject: 'stand-down',
          subjectId: ticket.ticket_id,
          rungs: ['team-leader', 'station-head', 'company-head'],
          firstRungAtMs: Date.now() + ticket.offset_ms,
          rungEveryMs: RUNG_EVERY_MS,
          text: `stand-down not acknowledged: ${ticket.ticket_id}`,
        },
      },
    }),
  );
}
