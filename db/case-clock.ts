import type { Tx } from './database.ts';

/**
 * Case time outside a workflow, epoch ms: real time plus the account's offset, which is 0 in production (idea 5).
 * No other code asks what time it is.
 */
export async function caseNowMs(tx: Tx, accountId: string): Promise<number> {
  return Date.now() + (await caseOffsetMs(tx, accountId));
}

/** How far the account's case clock runs ahead of real time. */
export async function caseOffsetMs(tx: Tx, accountId: string): Promise<number> {
  const row = await tx.row<{ offset_ms: number }>('select offset_ms from case_clocks where account_id = $1', [
    accountId,
  ]);
  return row?.offset_ms ?? 0;
}

/** Moves an account's case clock ahead; only the fast-forward of a demo or test server calls it. */
export async function advanceCaseClock(
  tx: Tx,
  companyId: string,
  accountId: string,
  byMs: number,
): Promise<void> {
  await tx.run(
    `insert into case_clocks (company_id, account_id, offset_ms) values ($1, $2, $3)
     on conflict (account_id) do update set offset_ms = case_clocks.offset_ms + excluded.offset_ms`,
    [companyId, accountId, Math.round(byMs)],
  );
}
