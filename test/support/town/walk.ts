import { moveCase } from '../../../tools/fast-forward/move-case.ts';
import type { CaseAt } from '../../../tools/fast-forward/move-case.ts';
import { caseWorkflowId, restoreWorkflowId, type Whereabouts } from '../../../workflows/messages.ts';
import type { TownAccount } from './account.ts';
import { must, person, type Person } from './person.ts';
import { COMPANY, rowsOf, type Town } from './town.ts';

const DAY_MS = 86_400_000;
// Long, because time that goes on before the carrier has answered makes a case slip on a busy machine.
const QUIET_WITHIN_MS = 30_000;

/** What the people of a case do when it is their turn; a story replaces single turns. */
export interface Turns {
  /** A notice waits for the reader. Default: served with the customer's signature. */
  serve?: (turn: Turn, task: { ref: string; kind: string }) => Promise<void>;
  /** An approval waits. Default: the station head approves. */
  approve?: (turn: Turn, approval: { approvalId: string; requiredRoles: string[] }) => Promise<void>;
  /** The stop time is there and the crew is on site. Default: permit, stop, photo. */
  onSite?: (turn: Turn, ticket: { ticketId: string; meterNo: string }) => Promise<void>;
  /** Before everybody else, at every step. `true` ends the walk here. */
  before?: (turn: Turn) => Promise<boolean | void>;
}

export interface Turn {
  town: Town;
  account: TownAccount;
  caseId: string;
  at: CaseAt & { whereabouts: Whereabouts };
  reader: Person;
  head: Person;
  crew: Person;
  /** Stage that the procedure is in. */
  stage: string;
}

const photos = new WeakMap<Town, Promise<string>>();

/** A proof file, uploaded once. */
export function photo(town: Town): Promise<string> {
  const known =
    photos.get(town) ??
    must(
      person(town, 'reader-zhang').post<{ sha256: string }>('/proofs', new TextEncoder().encode('photo')),
    ).then((answer) => answer.sha256);
  photos.set(town, known);
  return known;
}

export async function serveWithSignature(turn: Turn, task: { ref: string }): Promise<void> {
  await must(
    turn.reader.post(`/notices/${encodeURIComponent(task.ref)}/services`, {
      method: 'signature',
      meterNo: turn.account.meterNo,
      proofs: [await photo(turn.town)],
    }),
  );
}

const signers: Readonly<Record<string, string>> = {
  'station-head': 'head-qian',
  'marketing-manager': 'manager-sun',
  'company-head': 'company-head-zhu',
  'company-president': 'president-qin',
  'government-liaison': 'liaison-you',
};

async function approveAll(
  turn: Turn,
  approval: { approvalId: string; requiredRoles: string[] },
): Promise<void> {
  for (const role of approval.requiredRoles)
    await must(
      person(turn.town, signers[role] ?? 'head-qian').post(
        `/approvals/${encodeURIComponent(approval.approvalId)}/decisions`,
        { decision: 'approve', reason: '符合规定' },
      ),
    );
}

export async function stopOnSite(turn: Turn, ticket: { ticketId: string; meterNo: string }): Promise<void> {
  const path = `/tickets/${encodeURIComponent(ticket.ticketId)}`;
  const permit = await must(
    turn.crew.post<{ permitId: string }>(`${path}/permits`, { readMeterNo: turn.account.meterNo }),
  );
  await must(
    turn.crew.post(`${path}/executions`, {
      permitId: permit.permitId,
      meterNo: turn.account.meterNo,
      readingKwh: 1234,
      proofs: [await photo(turn.town)],
    }),
  );
}

/** Gives everybody a turn: the reader what waits to be served, the leader what waits for a signature, the crew its site. */
async function giveTurns(turn: Turn, turns: Turns): Promise<boolean> {
  if ((await turns.before?.(turn)) === true) return true;
  const tasks = await must(
    turn.reader.get<{ items: { ref: string; kind: string; notBefore: string }[] }>(
      `/tasks?caseId=${turn.caseId}`,
    ),
  );
  for (const task of tasks.items)
    if (task.kind.startsWith('serve-') && Date.parse(task.notBefore) <= turn.at.nowMs)
      await (turns.serve ?? serveWithSignature)(turn, task);
  if (turn.stage === 'approval') {
    const waiting = await rowsOf<{ approvalId: string; requiredRoles: string[] }>(
      turn.town,
      `select approval_id as "approvalId", required_roles as "requiredRoles" from approvals where case_id = $1 and status = 'pending'`,
      [turn.caseId],
    );
    for (const approval of waiting) await (turns.approve ?? approveAll)(turn, approval);
  }
  if (turn.stage === 'permit') {
    const tickets = await rowsOf<{ ticketId: string; meterNo: string }>(
      turn.town,
      `select ticket_id as "ticketId", meter_no as "meterNo" from tickets
        where case_id = $1 and kind = 'stop' and status in ('raised', 'dispatched') and planned_from <= $2`,
      [turn.caseId, new Date(turn.at.nowMs).toISOString()],
    );
    for (const ticket of tickets) await (turns.onSite ?? stopOnSite)(turn, ticket);
  }
  return false;
}

/** Waits until the carrier, the webhooks and the outbox have nothing left to do. */
export async function quiet(town: Town): Promise<void> {
  const deadlineMs = performance.now() + QUIET_WITHIN_MS;
  for (let calm = 0; calm < 2 && performance.now() < deadlineMs;) {
    const [row] = await rowsOf<{ n: number }>(
      town,
      `select count(*)::int as n from outbox where done_at is null and kind not in ('stand-down', 'webhook')`,
    );
    const waiting = (row?.n ?? 0) + (await town.sim.waiting());
    calm = waiting === 0 ? calm + 1 : 0;
    if (calm < 2) await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Launches a case through the API. */
export async function launch(town: Town, account: TownAccount): Promise<string> {
  const { caseId } = await must(
    person(town, 'clerk-chen').post<{ caseId: string }>('/cases', { accountNo: account.accountNo }),
  );
  return caseId;
}

/** Moves a case through time, everybody acting in between, until it has ended or `before` says stop; at most `days` days. */
export async function walk(
  town: Town,
  account: TownAccount,
  caseId: string,
  turns: Turns = {},
  days = 120,
): Promise<CaseAt> {
  const shared = {
    town,
    account,
    caseId,
    reader: person(town, 'reader-zhang'),
    head: person(town, 'head-qian'),
    crew: person(town, 'crew-wu'),
  };
  const [clock] = await rowsOf<{ offset: number }>(
    town,
    'select coalesce(max(offset_ms), 0)::bigint as offset from case_clocks where account_id = $1',
    [account.accountId],
  );
  return moveCase({
    connection: town.engine.connection,
    namespace: town.engine.namespace,
    db: town.db,
    companyId: COMPANY,
    accountId: account.accountId,
    workflowId: caseWorkflowId(account.accountId),
    untilMs: Date.now() + (clock?.offset ?? 0) + days * DAY_MS,
    stepMs: DAY_MS,
    onStep: async (at) => {
      await quiet(town);
      if (at.whereabouts === null) return true;
      const stop = await giveTurns(
        { ...shared, at: { ...at, whereabouts: at.whereabouts }, stage: at.whereabouts.stage },
        turns,
      );
      await quiet(town);
      return stop;
    },
  });
}

/** Moves a restoration through time. */
export function walkRestoration(
  town: Town,
  account: TownAccount,
  stopId: string,
  byMs: number,
  onStep?: (at: CaseAt) => Promise<boolean | void>,
): Promise<CaseAt> {
  return rowsOf<{ offset: number }>(
    town,
    'select coalesce(max(offset_ms), 0)::bigint as offset from case_clocks where account_id = $1',
    [account.accountId],
  ).then(([clock]) =>
    moveCase({
      connection: town.engine.connection,
      namespace: town.engine.namespace,
      db: town.db,
      companyId: COMPANY,
      accountId: account.accountId,
      workflowId: restoreWorkflowId(stopId),
      untilMs: Date.now() + (clock?.offset ?? 0) + byMs,
      stepMs: DAY_MS,
      onStep: async (at) => {
        await quiet(town);
        return onStep?.(at);
      },
    }),
  );
}
