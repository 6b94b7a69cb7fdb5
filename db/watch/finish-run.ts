import type { Tx } from '../database.ts';

/** Says that a watch has finished, and how much it found. */
export async function finishRun(tx: Tx, companyId: string, run: string, found: number): Promise<void> {
  await tx.run(
    `insert into watch_runs (company_id, run, found) values ($1, $2, $3)
     on conflict (company_id, run) do update set finished_at = clock_timestamp(), found = excluded.found`,
    [companyId, run, found],
  );
}
