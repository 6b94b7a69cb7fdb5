import { moveAccount } from '../../tools/fast-forward/move-account.ts';
import { moveAccountClock } from '../../tools/fast-forward/move-case.ts';
import type { CaseAt } from '../../tools/fast-forward/move-case.ts';
import type { Story } from '../../sim/district/street.ts';
import { ApiRefusal } from '../core/api-client.ts';
import { crewRestores, everybodysTurn, reach } from './turns.ts';
import type { House } from './turns.ts';
import type { Street } from './street.ts';

const hourMs = 3_600_000;
const paysAfterMs = 3 * hourMs;
const crewNeedsMs = 45 * 60_000;

/** What became of a household; without a case, why there is none. */
export interface Lived {
  readonly story: Story;
  readonly accountId: string;
  readonly caseId: string | null;
  readonly refusal: ApiRefusal | null;
}

/** After a stop: the customer pays three hours later, and a crew drives out. */
async function afterTheStop(
  house: House,
  move: Omit<Parameters<typeof moveAccount>[0], 'untilMs'>,
  nowMs: number,
) {
  const paysAtMs = nowMs + paysAfterMs;
  await moveAccountClock({ ...move, untilMs: paysAtMs });
  await reach(house, 'stopped', paysAtMs);
  await moveAccount({ ...move, untilMs: paysAtMs + crewNeedsMs });
  await crewRestores(house);
}

/** Takes one household through `days` days by fast-forward, everybody around it acting at each planned moment. */
export async function liveThrough(street: Street, story: Story, days: number): Promise<Lived> {
  const { accountNo, centreId } = story.account;
  const accountId = street.accountIdOf(accountNo);
  const clerk = centreId === 'centre-2' ? 'clerk-chu' : 'clerk-chen';
  let caseId: string;
  try {
    ({ caseId } = await street.as(clerk).post<{ caseId: string }>('/cases', { body: { accountNo } }));
  } catch (error) {
    if (error instanceof ApiRefusal) return { story, accountId, caseId: null, refusal: error };
    throw error;
  }
  const house: House = { street, story, caseId };
  const { connection, namespace, db, companyId } = street;
  const move = { connection, namespace, db, companyId, accountId };
  const untilMs = Date.now() + days * 24 * hourMs;
  let isStopped = false;
  const onStep = async (at: CaseAt): Promise<boolean> => (isStopped = await everybodysTurn(house, at));
  const { nowMs } = await moveAccount({ ...move, untilMs, onStep });
  if (isStopped) {
    await afterTheStop(house, move, nowMs);
    await moveAccount({ ...move, untilMs });
  }
  return { story, accountId, caseId, refusal: null };
}
