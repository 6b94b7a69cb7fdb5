import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client, Connection } from '@temporalio/client';
import { advanceCaseClock, caseNowMs, caseOffsetMs } from '../../db/case-clock.ts';
import { wholeCompany } from '../../db/database.ts';
import type { Db, Tx } from '../../db/database.ts';
import { engineClient } from '../../engine/connect.ts';
import { WHEREABOUTS } from '../../workflows/messages.ts';
import type { Whereabouts } from '../../workflows/messages.ts';
import { fastForward, workflowClock } from '../temporal/fast-forward.ts';

const dayMs = 86_400_000;
// The timer at the wake has fired for certain once the clock stands a moment behind it. Measured on server 1.32.1: a target
// within some 50 ms after a timer is now and then overrun to the next timer, so the moment is a long one.
const pastTheWakeMs = 1_000;
const closeToTheWakeMs = 60_000;
const settleWithinMs = 20_000;
// Something due is still being tried: give its retries small pieces of time.
const busyStepMs = 600_000;

/** Which workflow to move, with whose clock, and how far. */
export interface CaseMove {
  /** From `connectEngine`, or what the engine answers cannot be read. */
  readonly connection: Connection;
  readonly namespace: string;
  readonly db: Db;
  readonly companyId: string;
  readonly accountId: string;
  /** The case's, the restoration's or the report's. */
  readonly workflowId: string;
  /** Case time to stop at, epoch ms. */
  readonly untilMs: number;
  /** Longest single move; a day unless told. People get their turn after each. */
  readonly stepMs?: number;
  /** People's turn, after each step and before the next one; `true` ends the move here. */
  onStep?(at: CaseAt): Promise<boolean | void> | boolean | void;
}

/** Where a case stands after a step. */
export interface CaseAt {
  /** Case time, epoch ms. */
  readonly nowMs: number;
  /** null: the workflow has ended. */
  readonly whereabouts: Whereabouts | null;
}

/** What a move did. */
export interface CaseMoved extends CaseAt {
  readonly outcome: 'moved' | 'ended' | 'stopped';
  readonly steps: number;
}

interface Mover extends CaseMove {
  readonly client: Client;
}

const inDb = <T>(move: Mover, work: (tx: Tx) => Promise<T>): Promise<T> =>
  move.db.tx(wholeCompany(move.companyId), work);
const readNow = (move: Mover): Promise<number> => inDb(move, (tx) => caseNowMs(tx, move.accountId));

async function whereabouts(move: Mover): Promise<Whereabouts | null> {
  const { running } = await workflowClock(move.connection, move.namespace, move.workflowId);
  if (!running) return null;
  try {
    return await move.client.workflow.getHandle(move.workflowId).query<Whereabouts>(WHEREABOUTS);
  } catch (error) {
    // Ended, or its worker is away, while we asked.
    const isEnded = !(await workflowClock(move.connection, move.namespace, move.workflowId)).running;
    if (isEnded || error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** Waits until the procedure has done what was due: it sleeps until a later time, waits for a fact, or has ended. */
export async function settled(move: CaseMove): Promise<CaseAt> {
  const mover = { ...move, client: engineClient(move.connection, move.namespace) };
  const deadlineMs = performance.now() + settleWithinMs;
  for (;;) {
    const [at, nowMs] = [await whereabouts(mover), await readNow(mover)];
    const isAsleep = at === null || at.nextWakeMs === null || at.nextWakeMs > nowMs;
    // Whoever cannot reach the outside world tries for minutes; that is a place to stand in, too.
    if (isAsleep || performance.now() > deadlineMs) return { nowMs, whereabouts: at };
    await sleep(50);
  }
}

/**
 * Moves the account's clock first, so that whatever the workflow causes on its way (a receipt, an answer) is never older
 * than its cause; afterwards takes back what the server skipped less, so that both clocks agree.
 */
async function moveBoth(move: Mover, byMs: number): Promise<void> {
  const { connection, namespace, companyId, accountId, workflowId } = move;
  const before = await workflowClock(connection, namespace, workflowId);
  await inDb(move, (tx) => advanceCaseClock(tx, companyId, accountId, byMs));
  const moved = await fastForward(connection, namespace, workflowId, byMs);
  // A workflow that ended on the way stands still; its account's time has gone on.
  if (moved.outcome === 'ended') return;
  const short = Math.round(moved.offsetMs - before.offsetMs - byMs);
  await inDb(move, (tx) => advanceCaseClock(tx, companyId, accountId, short));
}

function nextStep(move: Mover, at: CaseAt): number {
  const wakeMs = at.whereabouts?.nextWakeMs ?? null;
  const isBusy = wakeMs !== null && wakeMs < at.nowMs;
  const ahead = wakeMs === null ? dayMs : isBusy ? busyStepMs : wakeMs - at.nowMs + pastTheWakeMs;
  const longest = move.stepMs ?? dayMs;
  const step = ahead <= longest + closeToTheWakeMs ? ahead : longest;
  return Math.ceil(Math.min(step, move.untilMs - at.nowMs));
}

/**
 * Moves a case's workflow and its account's case clock together, in steps that end at each planned moment, so that people
 * and systems answer before the next one. For test and demo servers with time skipping only.
 * @throws Error when the server cannot skip time or an activity stays open for longer than a minute
 */
export async function moveCase(move: CaseMove): Promise<CaseMoved> {
  const mover = { ...move, client: engineClient(move.connection, move.namespace) };
  let at = await settled(move);
  for (let steps = 0; ; steps += 1) {
    if (at.whereabouts === null) return { ...at, outcome: 'ended', steps };
    if (move.untilMs - at.nowMs < 1) return { ...at, outcome: 'moved', steps };
    await moveBoth(mover, nextStep(mover, at));
    at = await settled(move);
    if ((await move.onStep?.(at)) === true) return { ...at, outcome: 'stopped', steps: steps + 1 };
    at = await settled(move);
  }
}

/** Moves only the account's clock: no workflow runs for it, or it waits for people alone. */
export async function moveAccountClock(
  move: Pick<CaseMove, 'db' | 'companyId' | 'accountId' | 'untilMs'>,
): Promise<number> {
  return move.db.tx(wholeCompany(move.companyId), async (tx) => {
    const byMs = move.untilMs - (await caseNowMs(tx, move.accountId));
    if (byMs > 0) await advanceCaseClock(tx, move.companyId, move.accountId, byMs);
    return caseOffsetMs(tx, move.accountId);
  });
}
