import { afterAll, beforeAll } from 'vitest';
import type { PayInput } from '../../../sim/billing/money.ts';
import type { PhoneBehaviour } from '../../../sim/carrier/behaviour.ts';
import type { CaseAt } from '../../../tools/fast-forward/move-case.ts';
import { keepHistories } from '../record-histories.ts';
import { newAccount, type AccountWish, type TownAccount } from './account.ts';
import { must, person } from './person.ts';
import { rowsOf, startTown, type Town } from './town.ts';
import { launch, photo, quiet, walk, type Turn, type Turns } from './walk.ts';

/** One customer's case, told under a name; its history is kept under that name when histories are recorded. */
export interface Story {
  readonly name: string;
  readonly town: Town;
  readonly account: TownAccount;
  readonly caseId: string;
}

/** What a person sees of a case. */
export interface Seen {
  status: string;
  stage: string;
  attempt: number;
  outcome: string | null;
  nowAt: string;
  past: { at: string; action: string; actor: string; detail: Record<string, unknown> }[];
  planned: { at: string; step: string }[];
  plans: {
    attempt: number;
    status: string;
    stopAt: string | null;
    slipReason: string | null;
    namedPrincipalFen: number;
    candidates: { serviceDate: string; stopDate: string }[];
  }[];
  notices: {
    noticeId: string;
    kind: string;
    attempt: number;
    status: string;
    sumFen: number;
    stopAt: string | null;
    servedAt: string | null;
  }[];
  messages: { channel: string; purpose: string; status: string }[];
  approvals: { approvalId: string; attempt: number; status: string; requiredRoles: string[] }[];
  tickets: { ticketId: string; kind: string; status: string }[];
  holds: { holdId: string; kind: string; untilAt: string | null; endedAt: string | null }[];
  stops: {
    stopId: string;
    classification: string;
    inForce: boolean;
    occurredAt: string;
    restoredAt: string | null;
    missed: boolean | null;
  }[];
  decisions: { question: string; outcome: string; reasons: { code: string }[] }[];
  allowedActions: { action: string; allowed: boolean; reasons: { code: string }[] }[];
}

/** A town for the stories of one file; where histories are recorded, they are kept before it closes. */
export function useTown(options: { worker?: boolean } = {}): () => Town {
  let town: Town | undefined;
  const told: Story[] = [];
  beforeAll(async () => {
    town = await startTown(options);
    stories.set(town, told);
  });
  afterAll(async () => {
    if (town !== undefined) await keepHistories(town, told);
    await town?.close();
  });
  return () => {
    if (town === undefined) throw new Error('the town is not up yet');
    return town;
  };
}

const stories = new WeakMap<Town, Story[]>();

/** A customer whose case is launched; a phone that nobody describes answers and presses 1. */
export async function begin(
  town: Town,
  name: string,
  wish: AccountWish & { calls?: Omit<PhoneBehaviour, 'phone'> } = {},
): Promise<Story> {
  const { calls, ...account } = wish;
  const customer = await newAccount(town, account);
  await town.sim.phone({ phone: customer.phone, ...calls });
  const story = { name, town, account: customer, caseId: await launch(town, customer) };
  stories.get(town)?.push(story);
  return story;
}

/** The case as the team leader sees it. */
export const seen = (story: Story): Promise<Seen> =>
  must(person(story.town, 'leader-zhao').get<Seen>(`/cases/${story.caseId}`));

/** `fudian why` of the account. */
export const why = (story: Story) =>
  must(
    person(story.town, 'leader-zhao').get<{ inCollection: boolean; reasons: { code: string }[] }>(
      `/accounts/${story.account.accountNo}/why`,
    ),
  );

/** Everybody acts in turn until the case has ended, `days` are over or a turn says stop. */
export const walkOn = (story: Story, turns: Turns = {}, days?: number): Promise<CaseAt> =>
  walk(story.town, story.account, story.caseId, turns, days);

/** Walks until a stage is reached; that stage's people have not acted yet. @throws Error when the case never gets there */
export async function walkTo(
  story: Story,
  stage: string | ((turn: Turn) => boolean | Promise<boolean>),
  turns: Turns = {},
): Promise<CaseAt> {
  const isThere = typeof stage === 'string' ? (turn: Turn) => turn.stage === stage : stage;
  const before = async (turn: Turn) => (await turns.before?.(turn)) === true || isThere(turn);
  const at = await walkOn(story, { ...turns, before });
  if (at.whereabouts === null) throw new Error(`${story.name}: the case ended before ${String(stage)}`);
  return at;
}

const SOON_MS = 30_000;

/** Looks until it is so, half a minute at most. @returns what was seen last */
export async function soon<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
  const untilMs = performance.now() + SOON_MS;
  for (;;) {
    const found = await look();
    if (isSo(found) || performance.now() > untilMs) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The case once its crew has said that it has understood, or as it is ten seconds later. */
export const seenStoodDown = (story: Story): Promise<Seen> =>
  soon(
    () => seen(story),
    ({ tickets }) => tickets.every(({ status }) => status !== 'recalled'),
  );

/** Case time now, ISO. */
export async function caseNow({ town, account }: Story): Promise<string> {
  const [row] = await rowsOf<{ now: string }>(
    town,
    `select clock_timestamp() + coalesce(max(offset_ms), 0) * interval '1 ms' as now from case_clocks where account_id = $1`,
    [account.accountId],
  );
  return row?.now ?? new Date().toISOString();
}

/** The customer pays at this moment of the case; all that is open unless told otherwise. */
export async function pay(story: Story, input: Omit<PayInput, 'accountNo'> = {}) {
  const payment = await story.town.sim.pay({
    accountNo: story.account.accountNo,
    occurredAt: await caseNow(story),
    ...input,
  });
  await quiet(story.town);
  return payment;
}

/** Walks to the executed stop. */
export async function walkToStop(story: Story, turns: Turns = {}): Promise<{ stopId: string }> {
  await walkOn(story, turns);
  const [stop] = (await seen(story)).stops;
  if (stop === undefined) throw new Error(`${story.name}: nothing was stopped`);
  return { stopId: stop.stopId };
}

/** The crew finds voltage and says so. */
export async function restoreByCrew(story: Story, stopId: string): Promise<void> {
  await must(
    person(story.town, 'crew-wu').post(`/stops/${encodeURIComponent(stopId)}/restored`, {
      proof: { kind: 'voltage', voltagePresent: true },
      proofs: [await photo(story.town)],
    }),
  );
  await quiet(story.town);
  // The proof may have come before the restoration's own books were open.
  await soon(
    () => seenRestoration(story, 'done'),
    (found) => found !== undefined,
  );
}

export interface SeenRestoration {
  stopId: string;
  status: string;
  causeAt: string;
  deadlineAt: string;
  missed: boolean;
  safetyConfirmedAt: string | null;
  restoredAt: string | null;
}

/** A restoration as the list of restorations shows it. */
export async function seenRestoration(
  story: Story,
  state: 'open' | 'done',
): Promise<SeenRestoration | undefined> {
  const { items } = await must(
    person(story.town, 'leader-zhao').get<{ items: SeenRestoration[] }>(
      `/restorations?state=${state}&limit=100`,
    ),
  );
  return items.find(({ stopId }) => stopId.includes(story.caseId));
}
