import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DRAW_CLASSES, drawOf, type DrawClass } from '../../rules/credit/draw.ts';
import { readAll } from '../core/cases.ts';
import type { Register, Work } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { actAs } from '../core/people.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { show, table, yuan } from '../core/print.ts';
import {
  registerAdjust,
  registerCommitment,
  registerIdentity,
  registerMeasure,
  registerOrder,
  registerRecord,
} from './credit-acts.ts';
import { registerCreditRemedies } from './credit-remedies.ts';
import { registerCreditImport } from './credit-import.ts';
import { registerCreditMonths } from './credit-months.ts';

const OFFICER = 'credit-he';
const LOOK_EVERY_MS = 500;

interface Run {
  readonly runId: string;
  readonly kind: string;
  readonly month: string;
  readonly dry: boolean;
  readonly status: string;
  readonly total: number;
  readonly done: number;
  readonly movedUp: number;
  readonly movedDown: number;
  readonly queued: number;
  readonly faults: number;
}

interface Move {
  readonly accountNo: string;
  readonly fromGrade: string;
  readonly toGrade: string;
  readonly fromColour: string;
  readonly toColour: string;
  readonly fromScore: string | null;
  readonly toScore: string | null;
  readonly code: string;
  readonly why: Record<'zh' | 'en', string>;
  readonly facts: { readonly oldestDays: number; readonly lateBills: number };
}

interface File {
  readonly accountNo: string;
  readonly standing: Record<string, string | null> | null;
  readonly grades: readonly {
    month: string;
    grade: string;
    colour: string;
    why: Record<'zh' | 'en', string>;
  }[];
  readonly scores: readonly { why: Record<'zh' | 'en', string> }[];
  readonly rights: readonly { kind: string; givenBy: string; clause: string }[];
  readonly measures: readonly {
    kind: string;
    effect: string;
    status: string;
    dueOn: string;
    ownerRole: string;
    amountFen: number | null;
  }[];
  readonly objections: readonly { scheme: string; status: string; words: string; decision: string | null }[];
  readonly downgrades: readonly { from: string; to: string; status: string; decision: string | null }[];
  readonly adjustments: readonly { points: number; status: string; reason: string }[];
  readonly records: readonly { kind: string; occurredOn: string; counts: boolean; description: string }[];
}

const runLine = (run: Run): string =>
  [
    `${run.runId}: ${run.kind} of ${run.month.slice(0, 7)}${run.dry ? ', dry' : ''}, ${run.status}`,
    `${run.done} of ${run.total} accounts: ${run.movedUp} up, ${run.movedDown} down, ${run.queued} wait for a person, ${run.faults} could not be judged`,
  ].join('\n');

const langOf = (work: Work): 'zh' | 'en' => (work.options.lang === 'zh' ? 'zh' : 'en');

const isOver = (run: Run): boolean => run.status === 'done' || run.status === 'cancelled';

/** Starts a run and says how far it is until it ends. */
async function runNow(work: Work, wish: { kind: string; month?: string; dry: boolean }): Promise<Run> {
  const { api } = work.target;
  const { runId } = await api.post<{ runId: string }>('/credit/runs', { body: wish });
  for (;;) {
    await sleep(LOOK_EVERY_MS);
    const { items } = await api.get<{ items: Run[] }>('/credit/runs', { limit: 50 });
    const run = items.find((one) => one.runId === runId);
    if (run === undefined) continue;
    if (isOver(run)) return run;
    work.err(`${run.done} of ${run.total}`);
  }
}

const scoresTable = (moves: readonly Move[], lang: 'zh' | 'en'): string =>
  table(
    ['account', 'score', 'why'],
    moves.map(({ accountNo, fromScore, toScore, why }) => [
      ...[accountNo, `${fromScore ?? 'not scored'} → ${toScore}`, why[lang]],
    ]),
  );

const movesTable = (moves: readonly Move[], kind: string, lang: 'zh' | 'en'): string =>
  moves.length === 0
    ? 'Nobody would move.'
    : kind === 'score'
      ? scoresTable(moves, lang)
      : table(
          ['account', 'grade', 'colour', 'why', 'oldest days', 'late bills'],
          moves.map((move) => [
            ...[
              move.accountNo,
              `${move.fromGrade} → ${move.toGrade}`,
              `${move.fromColour} → ${move.toColour}`,
            ],
            ...[move.code, move.facts.oldestDays, move.facts.lateBills],
          ]),
        );

function fileText(file: File, lang: 'zh' | 'en'): string {
  const { standing } = file;
  const head =
    standing === null
      ? `${file.accountNo}: nobody has judged this account yet`
      : `${file.accountNo}: grade ${standing['grade']} since ${standing['gradeSince']}, colour ${standing['colour']}, score ${standing['scoreGrade'] ?? 'none yet'}`;
  return [
    head,
    ...file.grades.slice(0, 3).map((line) => `  ${line.why[lang]}`),
    ...file.scores.slice(0, 1).map((score) => `  ${score.why[lang]}`),
    `Rights: ${file.rights.map(({ kind, givenBy }) => `${kind} (${givenBy})`).join(', ') || 'none'}`,
    ...file.measures.map(
      (m) =>
        `  ${m.kind}: ${m.effect}, ${m.status}, ${m.ownerRole} until ${m.dueOn}${m.amountFen === null ? '' : `, ${yuan(m.amountFen)}`}`,
    ),
    ...file.downgrades
      .filter(({ decision }) => decision !== null)
      .map(({ from, to, status, decision }) => `  ${from} → ${to}, ${status}: ${decision}`),
    ...file.adjustments.map(({ points, status, reason }) => `  ${points} points, ${status}: ${reason}`),
    ...file.objections.map(
      ({ scheme, status, words, decision }) =>
        `  objection to ${scheme}, ${status}: ${words}${decision === null ? '' : ` → ${decision}`}`,
    ),
    ...file.records.map(
      (record) =>
        `  ${record.occurredOn} ${record.kind}${record.counts ? '' : ' (does not count)'}: ${record.description}`,
    ),
  ].join('\n');
}

interface Draw {
  readonly seed: string | null;
  readonly sharePermille: number;
  readonly classes: Record<string, { population: number; winners: number }>;
  readonly entries: readonly { id: string; class: string; rank: number; won: boolean }[];
}

/** Runs a published draw again and names each entry that comes out otherwise. */
function redraw(draw: Draw): string[] {
  const { seed } = draw;
  if (seed === null) throw new CliError('This draw has not been held yet.', EXIT.refused);
  return DRAW_CLASSES.flatMap((drawClass: DrawClass) => {
    const entries = draw.entries.filter((entry) => entry.class === drawClass);
    const ids = entries.map(({ id }) => id);
    const drawn = new Map(drawOf(seed, drawClass, ids, draw.sharePermille).map((one) => [one.id, one]));
    return entries
      .filter(({ id, rank, won }) => drawn.get(id)?.rank !== rank || drawn.get(id)?.won !== won)
      .map(({ id }) => `${drawClass}: ${id}`);
  });
}

/** `fudian credit run | dry-run | show | month | draw | objection | repair | downgrade | export | import`, and the acts of credit-acts.ts. */
export const registerCredit: Register = (program, world) => {
  const credit = program
    .command('credit')
    .description('grades, scores and colours, and what follows from them');
  for (const [name, dry, what] of [
    ['run', false, 'grade all accounts of a month (or score them: --score)'],
    ['dry-run', true, 'show who would move, and why; moves nobody'],
  ] as const)
    credit
      .command(name)
      .description(what)
      .option('--month <day>', 'any day of the month; else the last that is over')
      .option('--score', 'the yearly score instead of the monthly grade')
      .action(async (options: { month?: string; score?: boolean }, command) => {
        const work = workOf(command, world, OFFICER);
        const wish = { kind: options.score === true ? 'score' : 'grade', dry };
        const run = await runNow(
          work,
          options.month === undefined ? wish : { ...wish, month: options.month },
        );
        const path = `/credit/runs/${encodeURIComponent(run.runId)}/moves`;
        const moves = dry ? await readAll<Move>(work.target.api, path, {}, 200) : [];
        show(work, { ...run, moves }, () =>
          [runLine(run), ...(dry ? [movesTable(moves, run.kind, langOf(work))] : [])].join('\n'),
        );
        if (run.faults > 0) process.exitCode = EXIT.failed;
      });
  credit
    .command('runs')
    .description('runs, the newest first')
    .action(async (_options, command) => {
      const work = workOf(command, world, OFFICER);
      const { items } = await work.target.api.get<{ items: Run[] }>('/credit/runs');
      show(work, items, () => items.map(runLine).join('\n') || 'No run yet.');
    });
  for (const command of ['pause', 'resume', 'cancel'] as const)
    credit
      .command(command)
      .description(`${command} a run`)
      .argument('<run>')
      .action(async (runId: string, _options, called) => {
        const work = workOf(called, world, OFFICER);
        await work.target.api.post(`/credit/runs/${encodeURIComponent(runId)}/command`, {
          body: { command },
        });
        show(work, { runId, command }, () => `${runId}: ${command}`);
      });
  credit
    .command('show')
    .alias('file')
    .description('the credit file of an account, as its customer may read it')
    .argument('<account>')
    .action(async (accountNo: string, _options, command) => {
      const work = workOf(command, world, OFFICER);
      const file = await work.target.api.get<File>(`/accounts/${encodeURIComponent(accountNo)}/credit`);
      show(work, file, (found) => fileText(found, langOf(work)));
    });
  const draw = credit.command('draw').description('the yearly draw of A customers');
  draw
    .command('announce')
    .argument('<year>')
    .argument('<seedSource>', 'which public number will be the seed, e.g. "double-colour ball of 2027-01-15"')
    .action(async (year: string, seedSource: string, _options, command) => {
      const work = workOf(command, world, OFFICER);
      const made = await work.target.api.post('/credit/draws', { body: { year: Number(year), seedSource } });
      show(work, made, () => `The draw of ${year} is announced; its seed will be: ${seedSource}`);
    });
  draw
    .command('hold')
    .argument('<year>')
    .argument('<seed>')
    .action(async (year: string, seed: string, _options, command) => {
      const work = workOf(command, world, OFFICER);
      // Whoever announced it does not draw.
      const api = await actAs(work, 'company-head', '*');
      const made = await api.post<Pick<Draw, 'classes'>>(`/credit/draws/${year}/result`, { body: { seed } });
      show(work, made, ({ classes }) =>
        table(
          ['class', 'A customers', 'drawn'],
          Object.entries(classes).map(([name, one]) => [name, one.population, one.winners]),
        ),
      );
    });
  draw
    .command('verify')
    .description('run a published draw again; needs no server when a file is given')
    .argument('<yearOrFile>')
    .action(async (which: string, _options, command) => {
      const isYear = /^\d{4}$/.test(which);
      const work = workOf(command, world, OFFICER);
      const published = isYear
        ? await work.target.api.get<Draw>(`/credit/draws/${which}`)
        : (JSON.parse(readFileSync(which, 'utf8')) as Draw);
      const otherwise = redraw(published);
      show(work, { entries: published.entries.length, otherwise }, () =>
        otherwise.length === 0
          ? `${published.entries.length} entries: the same list`
          : [`${otherwise.length} entries come out otherwise:`, ...otherwise].join('\n'),
      );
      if (otherwise.length > 0) process.exitCode = EXIT.refused;
    });
  registerCreditRemedies(credit, world);
  registerCreditImport(credit, world);
  registerCreditMonths(credit, world);
  for (const register of [
    ...[registerIdentity, registerRecord, registerAdjust, registerMeasure, registerCommitment, registerOrder],
  ])
    register(credit, world);
};
