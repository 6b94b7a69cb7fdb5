import { caseNowMs } from '../../db/case-clock.ts';
import { wholeCompany } from '../../db/database.ts';
import { shanghaiText } from '../../rules/calendar/shanghai-time.ts';
import { moveAccount } from '../../tools/fast-forward/move-account.ts';
import type { AccountMoved } from '../../tools/fast-forward/move-account.ts';
import type { CaseAt } from '../../tools/fast-forward/move-case.ts';
import { quiet } from '../../tools/fast-forward/quiet.ts';
import { simClient } from '../../sim/client.ts';
import { accountIdOf, withBehind } from '../core/behind.ts';
import type { Behind } from '../core/behind.ts';
import type { Register, Work } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { show } from '../core/print.ts';
import { needStack } from '../core/target.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const farthestMs = 400 * dayMs;
const nextWithinMs = 60 * dayMs;

interface Options {
  readonly days?: string;
  readonly hours?: string;
  readonly minutes?: string;
  readonly until?: string;
  readonly next?: boolean;
}

const amount = (text: string | undefined, unitMs: number): number => {
  if (text === undefined) return 0;
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new CliError(`"${text}" is not a length of time.`, EXIT.usage);
  return value * unitMs;
};

/** Case time to stop at. `--until` is Shanghai time, `2026-12-24` or `2026-12-24 09:00`. */
export function targetMs(nowMs: number, options: Options): number {
  if (options.until !== undefined) {
    const parsed = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?$/.exec(options.until);
    const untilMs =
      parsed === null ? Number.NaN : Date.parse(`${parsed[1]}T${parsed[2] ?? '00:00'}:00+08:00`);
    if (Number.isNaN(untilMs))
      throw new CliError(`"${options.until}" is not a time (2026-12-24 09:00).`, EXIT.usage);
    if (untilMs <= nowMs)
      throw new CliError(
        `The case is at ${shanghaiText(nowMs)} already; time goes forward only.`,
        EXIT.usage,
      );
    return untilMs;
  }
  const byMs =
    amount(options.days, dayMs) + amount(options.hours, hourMs) + amount(options.minutes, 60_000) ||
    (options.next === true ? nextWithinMs : dayMs);
  if (byMs > farthestMs) throw new CliError('400 days at most.', EXIT.usage);
  return nowMs + byMs;
}

const linesOf = (behind: Behind, accountId: string): Promise<number> =>
  behind.db.tx(wholeCompany(behind.companyId), async (tx) => {
    const row = await tx.row<{ n: number }>(
      'select count(*)::int as n from audit where chain_id = $1 or chain_id in (select case_id from cases where account_id = $1)',
      [accountId],
    );
    return row?.n ?? 0;
  });

async function forward(work: Work, accountNo: string, options: Options): Promise<AccountMoved> {
  const { simOrigin } = needStack(work.target);
  const waiting = simOrigin === null ? {} : { waiting: simClient(simOrigin).waiting };
  return withBehind(needStack(work.target), async (behind) => {
    const accountId = await accountIdOf(behind, accountNo);
    const nowMs = await behind.db.tx(wholeCompany(behind.companyId), (tx) => caseNowMs(tx, accountId));
    const linesBefore = await linesOf(behind, accountId);
    let shown = '';
    const onStep = async ({ nowMs: atMs, whereabouts }: CaseAt): Promise<boolean> => {
      const now = whereabouts === null ? 'ended' : `${whereabouts.stage}, attempt ${whereabouts.attempt}`;
      if (now !== shown) work.err(`${shanghaiText(atMs)}  ${now}`);
      shown = now;
      await quiet({ ...behind, ...waiting });
      return options.next === true && (await linesOf(behind, accountId)) > linesBefore;
    };
    return moveAccount({ ...behind, accountId, untilMs: targetMs(nowMs, options), onStep });
  });
}

/** `fudian case fast-forward`: moves one case's clock on a demo server. */
export const registerFastForward: Register = (cases, world) => {
  cases
    .command('fast-forward')
    .description("move a case's clock on a demo server; a day unless told")
    .argument('<account>')
    .option('--days <n>')
    .option('--hours <n>')
    .option('--minutes <n>')
    .option('--until <time>', 'Shanghai time, e.g. "2026-12-24 09:00"')
    .option('--next', 'stop as soon as something has happened (within 60 days)')
    .action(async (accountNo: string, options: Options, command) => {
      const work = workOf(command, world, 'auditor-lv');
      const moved = await forward(work, accountNo, options);
      show(work, { accountNo, now: new Date(moved.nowMs).toISOString(), ...moved.whereabouts }, () => {
        const where = moved.whereabouts;
        const stands = where === null ? 'no procedure runs' : `${where.stage}, attempt ${where.attempt}`;
        return `${accountNo} is at ${shanghaiText(moved.nowMs)}: ${stands}. See: fudian case show ${accountNo}`;
      });
    });
};
