import { setTimeout as sleep } from 'node:timers/promises';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { must, person } from '../../support/town/person.ts';
import { rowsOf, type Town } from '../../support/town/town.ts';

/** An alarm as the operator's list shows it. */
export interface SeenAlarm {
  alarmId: string;
  kind: string;
  subjectId: string;
  accountNo: string | null;
  caseId: string | null;
  detail: Record<string, unknown>;
  clearedAt: string | null;
}

const finishedAt = async (town: Town, run: string): Promise<string | undefined> =>
  (await rowsOf<{ at: string }>(town, 'select finished_at as at from watch_runs where run = $1', [run]))[0]
    ?.at;

/** Lets a schedule strike now, and waits until its watch has finished. */
export async function strike(town: Town, scheduleId: string, run: string): Promise<void> {
  const before = await finishedAt(town, run);
  // The run before may be about to end: this one waits for it instead of being left out.
  await town.temporal.schedule.getHandle(scheduleId).trigger(ScheduleOverlapPolicy.BUFFER_ONE);
  for (let tries = 0; tries < 800; tries += 1) {
    if ((await finishedAt(town, run)) !== before) return;
    await sleep(50);
  }
  throw new Error(`${run} has not finished`);
}

export const alarms = async (town: Town, state: 'standing' | 'cleared' = 'standing'): Promise<SeenAlarm[]> =>
  (await must(person(town, 'operator-shi').get<{ items: SeenAlarm[] }>(`/alarms?state=${state}&limit=200`)))
    .items;

/** A difference as a comparison shows it. */
export interface SeenDifference {
  kind: string;
  subjectId: string;
  accountNo: string | null;
  action: string;
  detail: Record<string, unknown>;
}

/** Compares the books with everything around them, as an operator does, and waits for the end. */
export async function reconcile(town: Town, dryRun: boolean): Promise<SeenDifference[]> {
  const operator = person(town, 'operator-shi');
  const { reconciliationId } = await must(
    operator.post<{ reconciliationId: string }>('/reconciliations', { dryRun }),
  );
  const path = `/reconciliations/${reconciliationId}`;
  for (let tries = 0; tries < 600; tries += 1) {
    const run = await operator.get<{ finishedAt: string | null; parts: Record<string, unknown> }>(path);
    if (run.status === 200 && run.body.finishedAt !== null) {
      const failed = Object.entries(run.body.parts).filter(([, compared]) => compared === 'failed');
      if (failed.length > 0) throw new Error(`not compared: ${JSON.stringify(run.body.parts)}`);
      return (await must(operator.get<{ items: SeenDifference[] }>(`${path}/differences?limit=200`))).items;
    }
    await sleep(50);
  }
  throw new Error('the comparison has not ended');
}
