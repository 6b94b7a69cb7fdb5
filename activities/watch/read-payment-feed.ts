import { takePayment } from '../../intake/payments/take-payment.ts';
import { act, companyScope, type ActivityDeps } from '../deps.ts';

const FEED = 'payments';
const PAGE = 200;

/** One page of billing's payment feed through the money path; what a lost webhook missed is found here (T3.2). */
export const readPaymentFeed =
  (deps: ActivityDeps) =>
  async (at: { companyId: string }): Promise<{ found: number; more: boolean }> => {
    const stored = await act(deps, at, (tx) =>
      tx.row<{ cursor: string }>('select cursor from feed_cursors where feed = $1', [FEED]),
    );
    const page = await deps.systems.billing.listPaymentsSince(stored?.cursor ?? '', PAGE);
    const intake = { db: deps.db, vault: deps.vault, scope: companyScope(at) };
    let found = 0;
    for (const payment of page.items) {
      if ((await takePayment(intake, { source: 'feed', ...payment })) === 'new') found += 1;
    }
    // Only now: a crash in between reads the page again, and the payments are known.
    await act(deps, at, (tx) =>
      tx.run(
        `insert into feed_cursors (company_id, feed, cursor) values ($1, $2, $3)
         on conflict (company_id, feed) do update set cursor = excluded.cursor, recorded_at = clock_timestamp()`,
        [at.companyId, FEED, page.nextCursor],
      ),
    );
    return { found, more: page.more };
  };
