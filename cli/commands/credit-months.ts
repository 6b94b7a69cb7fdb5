import type { Command } from 'commander';
import { workOf, type World } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { show, table, when, yuan } from '../core/print.ts';
import { langOf } from '../core/target.ts';

interface Recalled {
  readonly grade: string;
  readonly colour: string;
  readonly code: string;
  readonly oldestDays: number;
  readonly owedFen: number;
  readonly lateBills: number;
  readonly bills: number;
  readonly offenceOn: string | null;
  readonly deferred: boolean;
  readonly policyVersion: string;
  readonly knownAt: string;
  readonly why: Record<'zh' | 'en', string>;
}

interface Month {
  readonly month: string;
  readonly asKnownThen: Recalled | null;
  readonly asKnownNow: Recalled | null;
  readonly stored: readonly { grade: string; cause: string; recordedAt: string }[];
}

const FIELDS: readonly (readonly [string, (one: Recalled) => string])[] = [
  ['known at', (one) => when(one.knownAt)],
  ['grade', (one) => one.grade],
  ['reason', (one) => one.code],
  ['colour', (one) => one.colour],
  ['days of the oldest bill', (one) => String(one.oldestDays)],
  ['owed', (one) => yuan(one.owedFen)],
  ['late bills of the year', (one) => `${one.lateBills} of ${one.bills}`],
  ['theft or violation', (one) => one.offenceOn ?? 'none'],
  ['agreed deferral', (one) => (one.deferred ? 'yes' : 'no')],
  ['definitions', (one) => one.policyVersion],
];

function monthText({ month, asKnownThen, asKnownNow, stored }: Month, lang: 'zh' | 'en'): string {
  if (asKnownThen === null && asKnownNow === null)
    return `${month.slice(0, 7)}: the account was part of another by then`;
  const said = (one: Recalled | null, field: (one: Recalled) => string): string =>
    one === null ? 'part of another account' : field(one);
  return [
    table(
      [month.slice(0, 7), 'as known then', 'as known now'],
      FIELDS.map(([name, field]) => [name, said(asKnownThen, field), said(asKnownNow, field)]),
    ),
    ...(asKnownThen === null ? [] : [`Then: ${asKnownThen.why[lang]}`]),
    ...(asKnownNow === null ? [] : [`Now: ${asKnownNow.why[lang]}`]),
    ...stored.map((line) => `Said on ${when(line.recordedAt)}: ${line.grade} (${line.cause})`),
  ].join('\n');
}

/** `fudian credit month`: a month that is over, as it was known then beside as it is known now; changes nothing (G2.1). */
export function registerCreditMonths(credit: Command, world: World): void {
  credit
    .command('month')
    .description('judge a past month again, as known then and as known now; changes nothing')
    .argument('<account>')
    .argument('<month>', 'YYYY-MM, or any day of it')
    .option(
      '--known-at <moment>',
      'another "then" than when the month was judged, e.g. 2026-11-05T08:00+08:00',
    )
    .action(async (accountNo: string, month: string, options: { knownAt?: string }, command) => {
      if (!/^\d{4}-\d{2}(?:-\d{2})?$/.test(month)) throw new CliError(`"${month}" is no month`, EXIT.usage);
      const work = workOf(command, world, 'credit-he');
      const day = month.length === 7 ? `${month}-01` : month;
      const path = `/accounts/${encodeURIComponent(accountNo)}/credit/months/${day}`;
      const found = await work.target.api.get<Month>(path, { knownAt: options.knownAt });
      show(work, found, (one) => monthText(one, langOf(work.options, world)));
    });
}
