import { number, text, type Books, type Fault } from './books.ts';

/** The engine's histories against the database: one run for one case, one end for one end. */
export async function checkEngine(books: Books): Promise<Fault[]> {
  const faults: Fault[] = [];
  const cases = await books.db(
    `select account_id, count(*)::int as n, count(*) filter (where status = 'open')::int as open from cases group by 1`,
  );
  const byAccount = new Map(cases.map((row) => [text(row, 'account_id'), row]));
  const runs = new Map<string, { all: number; running: number }>();
  for (const run of books.runs) {
    if (!['RUNNING', 'COMPLETED'].includes(run.status))
      faults.push(`${run.workflowId}: ended as ${run.status}`);
    faults.push(...run.failedTasks.map((why) => `${run.workflowId}: a task failed: ${why}`));
    if (!run.workflowId.startsWith('case/')) continue;
    const of = runs.get(run.workflowId.slice(5)) ?? { all: 0, running: 0 };
    of.all += 1;
    if (run.status === 'RUNNING') of.running += 1;
    runs.set(run.workflowId.slice(5), of);
  }
  for (const [accountId, row] of byAccount) {
    const of = runs.get(accountId) ?? { all: 0, running: 0 };
    if (of.all !== number(row, 'n')) faults.push(`${accountId}: ${number(row, 'n')} cases, ${of.all} runs`);
    if (of.running !== number(row, 'open'))
      faults.push(`${accountId}: ${number(row, 'open')} open, ${of.running} running`);
  }
  for (const accountId of runs.keys())
    if (!byAccount.has(accountId)) faults.push(`${accountId}: a run without a case`);
  const asked = new Map<string, number>();
  for (const run of books.runs)
    asked.set(
      run.workflowId,
      (asked.get(run.workflowId) ?? 0) + run.acceptedUpdates.filter((u) => u === 'requestPermit').length,
    );
  const permits = await books.db(
    `select account_id, count(*)::int as n from permits where crew_id <> 'remote' group by 1`,
  );
  for (const row of permits)
    if ((asked.get(`case/${text(row, 'account_id')}`) ?? 0) < number(row, 'n'))
      faults.push(`${text(row, 'account_id')}: more permits than were asked for`);
  if (books.uncarried > 0) faults.push(`${books.uncarried} entries of the outbox were never carried`);
  return faults;
}
