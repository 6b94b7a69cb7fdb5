import { rowsOf } from '../support/town/town.ts';
import { quiet } from '../support/town/walk.ts';
import type { FuzzTown } from './fuzz-town.ts';

const WAIT_MS = 60_000;

/**
 * Does everything still work after all that? The customer whom no request named pays: webhook, outbox, worker and procedure
 * carry it to the end of the case. Returns what is wrong.
 */
export async function faultsAfterwards(place: FuzzTown): Promise<string[]> {
  const { town, lived } = place;
  const faults: string[] = [];
  const ready = await fetch(`${town.apiUrl}/ready`);
  if (ready.status !== 200) faults.push(`/ready answers ${ready.status}`);
  await town.sim.pay({ accountNo: lived.spared.accountNo });
  const untilMs = performance.now() + WAIT_MS;
  const outcome = async (): Promise<string | null> => {
    const [row] = await rowsOf<{ outcome: string | null }>(
      town,
      'select outcome from cases where case_id = $1',
      [lived.spared.caseId],
    );
    return row?.outcome ?? null;
  };
  while ((await outcome()) === null && performance.now() < untilMs) await quiet(town);
  const ended = await outcome();
  if (ended !== 'paid') faults.push(`the case of a customer who paid ended as ${String(ended)}`);
  return [...faults, ...place.complaints().map((line) => `log: ${line}`)];
}
