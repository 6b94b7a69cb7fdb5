import { caseNowMs } from '../db/case-clock.ts';
import { readOpenCase, type OpenCase } from '../db/cases/read-open-case.ts';
import { lockAccount, type AccountKey, type AccountRow } from '../db/accounts/lock-account.ts';
import type { Tx } from '../db/database.ts';
import { IntakeRefused } from './deps.ts';

/** A locked account, its open case if it has one, and what time it is for them. */
export interface AccountInHand extends AccountRow {
  openCase: OpenCase | null;
  /** Case time, epoch ms. */
  nowMs: number;
}

/** Locks the account first, then reads what belongs to it. @throws IntakeRefused `unknown-account` (404) */
export async function takeAccount(tx: Tx, key: AccountKey): Promise<AccountInHand> {
  const account = await lockAccount(tx, key);
  if (account === undefined) throw new IntakeRefused('unknown-account', 404);
  const openCase = await readOpenCase(tx, account.accountId);
  return { ...account, openCase: openCase ?? null, nowMs: await caseNowMs(tx, account.accountId) };
}

/** How far a phone's clock may run ahead of ours. */
const CLOCK_TOLERANCE_MS = 120_000;

/** The time a fact carries: its own if it came with one, else the account's case time; a clock that runs a little ahead is set back to ours. ISO. */
export function factTime(account: AccountInHand, occurredAt: string | undefined): string {
  const saidMs = occurredAt === undefined ? account.nowMs : Date.parse(occurredAt);
  const isAhead = saidMs > account.nowMs && saidMs - account.nowMs <= CLOCK_TOLERANCE_MS;
  return new Date(isAhead ? account.nowMs : saidMs).toISOString();
}

/**
 * The time of a fact that counts whatever a clock said: what was done before it can have been done, or after now, was done at
 * that bound. Acts of the procedure itself carry its own time and need none. A crew whose phone is years off still put a house in the dark, and the house is owed the light by our own clock.
 */
export function boundedTime(
  account: AccountInHand,
  occurredAt: string | undefined,
  notBefore: string,
): string {
  const saidMs = occurredAt === undefined ? account.nowMs : Date.parse(occurredAt);
  const boundMs = Math.min(Date.parse(notBefore), account.nowMs);
  return new Date(Math.min(Math.max(saidMs, boundMs), account.nowMs)).toISOString();
}
