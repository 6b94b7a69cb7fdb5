import type { Command } from 'commander';
import { workOf, type World } from '../core/command.ts';
import { actOn, oneOf, putMatter, registerMatter, type MatterKind } from './credit-matters.ts';

const OFFICER = 'credit-he';

const OBJECTION: MatterKind = {
  ...{ name: 'objection', path: 'objections', idField: 'objectionId' },
  columns: ['scheme', 'status', 'dueAt', 'words'],
  open: ['open', 'checking'],
  what: 'a customer says that a rating, a record or a report is wrong (K8.2)',
};
const REPAIR: MatterKind = {
  ...{ name: 'repair', path: 'repairs', idField: 'repairId' },
  columns: ['status', 'cleanUntil', 'words'],
  open: ['verifying', 'clean-period', 'deciding'],
  what: 'a customer who corrected a breach asks for the grade back (K7)',
};
const DOWNGRADE: MatterKind = {
  ...{ name: 'downgrade', path: 'downgrades', idField: 'downgradeId' },
  columns: ['scheme', 'from', 'to', 'status', 'why'],
  open: ['queued', 'approved', 'noticed'],
  states: ['queued', 'approved', 'noticed', 'in-force', 'refused', 'withdrawn', 'undone'],
  what: 'harmful moves: decided by a person, told, open to a reply (L7)',
};
const EXPORT: MatterKind = {
  ...{ name: 'export', path: 'exports', idField: 'exportId' },
  columns: ['kind', 'status', 'statedOn', 'noticeUntil', 'proposedBy'],
  open: ['proposed', 'noticed', 'approved', 'sent', 'acknowledged'],
  states: ['proposed', 'noticed', 'approved', 'sent', 'acknowledged', 'refused', 'withdrawing', 'withdrawn'],
  what: 'reports of firms to the public credit platform (H4, L6)',
};

const collect = (value: string, before: string[]): string[] => [...before, value];

/** `decide`: the word, the reason, as somebody of the role. */
function registerDecide(
  group: Command,
  world: World,
  of: { kind: MatterKind; verb: string; field: string; role: string; name: string; words: readonly string[] },
): Command {
  const { kind, verb, field, role, name, words } = of;
  return group
    .command(name)
    .description(words.join(' | '))
    .argument('<which>', 'id, or account')
    .argument('<word>', words.join(', '), oneOf(...words))
    .requiredOption('--reason <text>', 'why, in words that are kept')
    .action((which: string, word: string, options: { reason: string; record?: string[] }, command) =>
      actOn(workOf(command, world, OFFICER), kind, {
        ...{ which, verb, role },
        body: {
          ...{ [field]: word, reason: options.reason },
          ...(options.record === undefined ? {} : { recordIds: options.record }),
        },
      }),
    );
}

function registerObjection(credit: Command, world: World): void {
  const group = registerMatter(credit, world, OBJECTION);
  group
    .command('file')
    .description('take an objection; adverse effects rest at once')
    .argument('<account>')
    .requiredOption('--words <text>', 'what the customer says')
    .option('--scheme <scheme>', 'grade, score, colour, record, export', 'grade')
    .option('--subject <id>', 'the record or report')
    .option('--channel <channel>', 'web, hotline, counter, letter', 'hotline')
    .option('--outside-check', 'somebody outside has to be asked: seven working days')
    .action(
      (
        accountNo: string,
        options: { words: string; scheme: string; subject?: string; channel: string; outsideCheck?: boolean },
        command,
      ) =>
        putMatter(workOf(command, world, OFFICER), {
          ...{ accountNo, path: 'objections', role: 'clerk-95598' },
          body: {
            ...{ scheme: options.scheme, words: options.words, channel: options.channel },
            ...(options.subject === undefined ? {} : { subjectId: options.subject }),
            outsideCheck: options.outsideCheck === true,
          },
        }),
    );
  registerDecide(group, world, {
    ...{ kind: OBJECTION, verb: 'decisions', field: 'decision', role: 'station-head', name: 'decide' },
    words: ['upheld', 'partly-upheld', 'rejected', 'withdrawn'],
  }).option(
    '--record <id>',
    'a record found wrong; may be repeated. Upheld names what was wrong: a record, or a bill whose dispute was upheld',
    collect,
    [],
  );
  group
    .command('check-outside')
    .description('somebody outside has to be asked: seven working days instead of three')
    .argument('<which>', 'id, or account')
    .requiredOption('--reason <text>', 'who is asked, and what')
    .action((which: string, options: { reason: string }, command) =>
      actOn(workOf(command, world, OFFICER), OBJECTION, {
        ...{ which, verb: 'outside-checks', role: 'station-head', body: { reason: options.reason } },
      }),
    );
}

function registerRepair(credit: Command, world: World): void {
  const group = registerMatter(credit, world, REPAIR);
  group
    .command('apply')
    .description('take an application for repair')
    .argument('<account>')
    .requiredOption('--words <text>', 'what the customer says')
    .option('--record <id>', 'the record to be repaired; else the arrears')
    .action((accountNo: string, options: { words: string; record?: string }, command) =>
      putMatter(workOf(command, world, OFFICER), {
        ...{ accountNo, path: 'repairs', role: 'clerk-95598' },
        body: {
          words: options.words,
          ...(options.record === undefined ? {} : { recordId: options.record }),
        },
      }),
    );
  group
    .command('verify')
    .description('corrected and paid: the clean period begins')
    .argument('<which>', 'id, or account')
    .requiredOption('--corrected-on <day>', 'day on which the breach was corrected')
    .requiredOption('--reason <text>', 'what was found')
    .option('--not-corrected', 'it was not: the repair is refused')
    .option('--late-fees-open', 'late fees are not paid')
    .action(
      (
        which: string,
        options: { correctedOn: string; reason: string; notCorrected?: boolean; lateFeesOpen?: boolean },
        command,
      ) =>
        actOn(workOf(command, world, OFFICER), REPAIR, {
          ...{ which, verb: 'verifications', role: 'credit-officer' },
          body: {
            ...{ correctedOn: options.correctedOn, reason: options.reason },
            ...{ corrected: options.notCorrected !== true, lateFeesPaid: options.lateFeesOpen !== true },
          },
        }),
    );
  registerDecide(group, world, {
    ...{ kind: REPAIR, verb: 'decisions', field: 'decision', role: 'station-head', name: 'decide' },
    words: ['granted', 'refused', 'withdrawn'],
  });
}

function registerDowngrade(credit: Command, world: World): void {
  const group = registerMatter(credit, world, DOWNGRADE);
  registerDecide(group, world, {
    ...{ kind: DOWNGRADE, verb: 'decisions', field: 'decision', role: 'station-head', name: 'decide' },
    words: ['approve', 'refuse'],
  });
  group
    .command('reply')
    .description('take down what the customer says before it takes effect')
    .argument('<which>', 'id, or account')
    .requiredOption('--words <text>', 'what the customer says')
    .action((which: string, options: { words: string }, command) =>
      actOn(workOf(command, world, OFFICER), DOWNGRADE, {
        ...{ which, verb: 'replies', role: 'clerk-95598', body: { words: options.words } },
      }),
    );
  registerDecide(group, world, {
    ...{ kind: DOWNGRADE, verb: 'answers', field: 'answer', role: 'credit-officer', name: 'answer' },
    words: ['stands', 'withdrawn'],
  });
}

function registerExport(credit: Command, world: World): void {
  const group = registerMatter(credit, world, EXPORT);
  group
    .command('propose')
    .description('propose a record of a firm; every reason against it is printed')
    .argument('<account>')
    .requiredOption('--subject <id>', 'of a grade or colour: value/since')
    .requiredOption('--basis <id>', 'the signed legal basis')
    .option('--kind <kind>', 'grade, colour, record, commitment', 'grade')
    .action((accountNo: string, options: { subject: string; basis: string; kind: string }, command) =>
      putMatter(workOf(command, world, OFFICER), {
        ...{ accountNo, path: 'exports', role: 'credit-officer' },
        body: { kind: options.kind, subjectId: options.subject, basisId: options.basis },
      }),
    );
  group
    .command('approve')
    .description('sign it as the second person')
    .argument('<which>', 'id, or account')
    .action((which: string, _options, command) =>
      actOn(workOf(command, world, OFFICER), EXPORT, {
        ...{ which, verb: 'approvals', role: 'station-head', body: {} },
      }),
    );
  group
    .command('withdraw')
    .description('take a report back; the withdrawal travels too')
    .argument('<which>', 'id, or account')
    .option('--cause <cause>', 'mistake, repaired, basis-ended, no-longer-true', 'mistake')
    .action((which: string, options: { cause: string }, command) =>
      actOn(workOf(command, world, OFFICER), EXPORT, {
        ...{ which, verb: 'withdrawal', role: 'station-head', body: { cause: options.cause } },
      }),
    );
}

/** `fudian credit objection | repair | downgrade | export`: list, show, and every act of theirs. */
export function registerCreditRemedies(credit: Command, world: World): void {
  registerObjection(credit, world);
  registerRepair(credit, world);
  registerDowngrade(credit, world);
  registerExport(credit, world);
}
