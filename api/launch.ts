import { setTimeout as sleep } from 'node:timers/promises';
import { caseNowMs, caseOffsetMs } from '../db/case-clock.ts';
import { readCaseHead } from '../db/reads/case-file.ts';
import { findAccount } from '../db/reads/find-account.ts';
import { askProtection } from '../intake/protection/ask-protection.ts';
import { screenAccount } from '../intake/screening/screen-account.ts';
import { commandId } from './http/command-id.ts';
import type { Context } from './http/route.ts';
import { found, Problem } from './http/problem.ts';
import { procedure } from './procedure.ts';

export interface Launched {
  caseId: string;
  accountNo: string;
}

const BOOKS_OPEN_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 25;

const isOpened = async (context: Context, caseId: string): Promise<boolean> =>
  (await context.read((tx) => readCaseHead(tx, caseId))) !== undefined;

/** Waits until the procedure has opened the books, so that whoever launches can read at once; a worker that is away is not waited for long. */
export async function booksOpen(context: Context, caseId: string): Promise<void> {
  const untilMs = performance.now() + BOOKS_OPEN_WITHIN_MS;
  while (performance.now() < untilMs) {
    if (await isOpened(context, caseId)) return;
    await sleep(LOOK_EVERY_MS);
  }
}

/** Opens a case for an account that may enter collection, and for no other. @throws Problem 404 | 409 with every reason */
export async function launchCase(context: Context, accountNo: string): Promise<Launched> {
  const { deps, caller } = context;
  const prepared = await context.read(async (tx) => {
    const account = found(await findAccount(tx, accountNo), 'account');
    const screened = await screenAccount(
      tx,
      deps.vault,
      account.accountId,
      await caseNowMs(tx, account.accountId),
    );
    return { account, screened, clockOffsetMs: await caseOffsetMs(tx, account.accountId) };
  });
  const { account, screened } = prepared;
  const caseId = commandId(context, account.accountId);
  if (await isOpened(context, caseId)) return { caseId, accountNo: account.accountNo };
  if (screened.outcome === 'refused') throw new Problem(409, 'not-permitted', { reasons: screened.reasons });
  if (screened.outcome === 'undetermined') {
    if (screened.missing.some((reason) => reason.code === 'protection-not-asked'))
      await askProtection(context.intake, account.accountId);
    throw new Problem(409, 'undetermined', { reasons: [...screened.missing, ...screened.reasons] });
  }
  try {
    await procedure(deps.temporal).start({
      companyId: caller.scope.companyId,
      centreId: account.centreId,
      accountId: account.accountId,
      caseId,
      launchedBy: caller.personId,
      clockOffsetMs: prepared.clockOffsetMs,
    });
  } catch (error) {
    // Started by this very command, whose answer was lost: then its books open in a moment.
    if (!(error instanceof Problem && error.status === 409)) throw error;
    await booksOpen(context, caseId);
    if (!(await isOpened(context, caseId))) throw error;
  }
  return { caseId, accountNo: account.accountNo };
}
