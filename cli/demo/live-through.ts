import { caseNowMs } from '../../db/case-clock.ts';
import { wholeCompany } from '../../db/database.ts';
import { moveAccount, runningWorkflow } from '../../tools/fast-forward/move-account.ts';
import type { AccountMove } from '../../tools/fast-forward/move-account.ts';
import { moveAccountClock, moveCase } from '../../tools/fast-forward/move-case.ts';
import type { CaseAt } from '../../tools/fast-forward/move-case.ts';
import type { Story } from '../../sim/district/street.ts';
import { ApiRefusal } from '../core/api-client.ts';
import { EXIT } from '../core/exit.ts';
import { crewRestores, everybodysTurn, reach, viewOf } from './turns.ts';
import type { House } from './turns.ts';
import type { Street } from './street.ts';

const hourMs = 3_600_000;
const paysAfterMs = 3 * hourMs;
const crewNeedsMs = 45 * 60_000;
const bouncesAfterMs = 48 * hourMs;

const clockOf = ({ db, companyId, accountId }: Move): Promise<number> =>
  db.tx(wholeCompany(companyId), (tx) => caseNowMs(tx, accountId));

type Move = Omit<AccountMove, 'untilMs' | 'onStep'>;

/** What became of a household; `refusal`: why no case was opened. */
export interface Lived {
  readonly story: Story;
  readonly accountId: string;
  readonly refusal: ApiRefusal | null;
}

/** After a stop: the customer pays three hours later, and a crew drives out. */
async function afterTheStop(house: House, move: Move, nowMs: number) {
  const paysAtMs = nowMs + paysAfterMs;
  await moveAccountClock({ ...move, untilMs: paysAtMs });
  await reach(house, 'stopped', paysAtMs);
  await moveAccount({ ...move, untilMs: paysAtMs + crewNeedsMs });
  await crewRestores(house);
}

async function launch(street: Street, story: Story): Promise<string> {
  const { accountNo, centreId } = story.account;
  const clerk = centreId === 'centre-2' ? 'clerk-chu' : 'clerk-chen';
  return (await street.as(clerk).post<{ caseId: string }>('/cases', { body: { accountNo } })).caseId;
}

/** One case from its launch to its end or to the end of the demo. */
async function liveCase(house: House, move: Move, untilMs: number): Promise<void> {
  let isStopped = false;
  const onStep = async (at: CaseAt): Promise<boolean> => (isStopped = await everybodysTurn(house, at));
  const workflowId = await runningWorkflow({ ...move, untilMs });
  if (workflowId === null) return;
  const { nowMs } = await moveCase({ ...move, workflowId, untilMs, onStep });
  if (isStopped) await afterTheStop(house, move, nowMs);
}

/** The money that closed a case is taken back by the bank: the debt stands again, and a new case begins. */
async function bounce(house: House, move: Move, untilMs: number): Promise<House | undefined> {
  const acts = house.story.behaviour.acts['red-notice'] ?? [];
  if (house.reached.has('red-notice') || !acts.some(({ act }) => act === 'reverse')) return undefined;
  const bouncesAtMs = (await clockOf(move)) + bouncesAfterMs;
  if (bouncesAtMs >= untilMs || (await viewOf(house)).outcome !== 'paid') return undefined;
  await moveAccountClock({ ...move, untilMs: bouncesAtMs });
  await reach(house, 'red-notice', bouncesAtMs);
  return { ...house, caseId: await launch(house.street, house.story) };
}

/** Takes one household through `days` days by fast-forward, everybody around it acting at each planned moment. */
export async function liveThrough(street: Street, story: Story, days: number): Promise<Lived> {
  const accountId = street.accountIdOf(story.account.accountNo);
  const { connection, namespace, db, companyId } = street;
  const move: Move = { connection, namespace, db, companyId, accountId };
  const untilMs = Date.now() + days * 24 * hourMs;
  try {
    let house: House | undefined = { street, story, caseId: await launch(street, story), reached: new Set() };
    while (house !== undefined) {
      await liveCase(house, move, untilMs);
      house = await bounce(house, move, untilMs);
    }
    await moveAccount({ ...move, untilMs });
    return { story, accountId, refusal: null };
  } catch (error) {
    if (error instanceof ApiRefusal && error.exitCode === EXIT.refused)
      return { story, accountId, refusal: error };
    throw error;
  }
}
