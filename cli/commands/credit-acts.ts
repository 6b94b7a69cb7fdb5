import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { readAll } from '../core/cases.ts';
import { workOf, type Work, type World } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { actAs } from '../core/people.ts';
import { show, table, yuan } from '../core/print.ts';
import { oneOf, putMatter } from './credit-matters.ts';

const OFFICER = 'credit-he';

/** Posts as `role`, and shows what came of it. */
async function does(
  work: Work,
  act: { role: string; path: string; body: Record<string, unknown>; done: string },
): Promise<void> {
  const api = await actAs(work, act.role, '*');
  const made = await api.post<Record<string, unknown>>(act.path, { body: act.body });
  show(work, made, () => act.done);
}

/** Only what was given. */
const given = (options: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** `fudian credit identity`: who the customer is (H3, K4.1). */
export function registerIdentity(credit: Command, world: World): void {
  credit
    .command('identity')
    .description('say who the customer is; every change is a version of its own')
    .argument('<account>')
    .requiredOption('--name <text>', 'name in law')
    .requiredOption('--reason <text>', 'why, in words that are kept')
    .option('--kind <kind>', 'person, firm', oneOf('person', 'firm'))
    .option('--code <code>', 'unified social credit code; its check letter is tested')
    .option('--representative <text>')
    .option('--address <text>', 'as registered')
    .option('--industry <text>')
    .option('--verified', 'somebody has seen the licence or the identity card')
    .option('--source <source>', 'own, authority, customer', oneOf('own', 'authority', 'customer'), 'own')
    .action((accountNo: string, options: Record<string, string | boolean | undefined>, command) => {
      const { name, code, representative, address, industry, kind, reason, source, verified } = options;
      return putMatter(workOf(command, world, OFFICER), {
        ...{ accountNo, path: 'identity', role: 'credit-officer' },
        body: {
          ...{ partyKind: kind ?? null, verified: verified === true, reason, source },
          identity: given({
            ...{ legalName: name, socialCreditCode: code, representative },
            ...{ registeredAddress: address, industry },
          }),
        },
      });
    });
}

/** `fudian credit record add | annul`: what happened on site or elsewhere (K4.1, G1.D). */
export function registerRecord(credit: Command, world: World): void {
  const group = credit.command('record').description('theft, violation, inspection, outside records (K4)');
  group
    .command('add')
    .description('one record; a theft or violation counts once a decision with a number establishes it')
    .argument('<account>')
    .argument('<kind>', 'theft, violation, inspection, equipment, cooperation, breach, external, honour')
    .requiredOption('--on <day>', 'day on which it happened')
    .requiredOption('--words <text>', 'what happened')
    .requiredOption('--from <name>', 'whose record it is')
    .requiredOption('--ref <number>', 'its number there')
    .option('--outcome <outcome>', 'passed, failed, good, bad')
    .option('--decision <number>', 'number of the decision that establishes it')
    .option('--basis <text>', 'legal basis; required of an authority’s record')
    .option('--source <source>', 'own, authority, customer', oneOf('own', 'authority', 'customer'), 'own')
    .action((accountNo: string, kind: string, options: Record<string, string | undefined>, command) =>
      putMatter(workOf(command, world, OFFICER), {
        ...{ accountNo, path: 'records', role: 'credit-officer' },
        body: given({
          ...{ kind, occurredOn: options['on'], outcome: options['outcome'], description: options['words'] },
          ...{ decisionNo: options['decision'], legalBasis: options['basis'], source: options['source'] },
          ...{ sourceName: options['from'], sourceRef: options['ref'] },
        }),
      }),
    );
  group
    .command('annul')
    .description('a record that was wrong: it stays, counts no more, and all that it did is taken back')
    .argument('<record>')
    .requiredOption('--reason <text>', 'why, in words that are kept')
    .option('--cause <cause>', 'mistake, objection-upheld, wrongful-stop, decision-withdrawn', 'mistake')
    .action((recordId: string, options: { cause: string; reason: string }, command) =>
      does(workOf(command, world, OFFICER), {
        ...{ role: 'marketing-manager', body: { cause: options.cause, reason: options.reason } },
        ...{
          path: `/credit/records/${encodeURIComponent(recordId)}/annulment`,
          done: `${recordId}: annulled`,
        },
      }),
    );
}

/** `fudian credit adjust propose | decide`: a person's judgement on top of the figures (K5.2). */
export function registerAdjust(credit: Command, world: World): void {
  const group = credit.command('adjust').description('move a score by hand, seen by a second person (K5.2)');
  group
    .command('propose')
    .argument('<account>')
    .argument('<points>', 'whole points, up or (after --) down')
    .requiredOption('--reason <text>', 'why, in words that are kept')
    .action((accountNo: string, points: string, options: { reason: string }, command) =>
      putMatter(workOf(command, world, OFFICER), {
        ...{ accountNo, path: 'adjustments', role: 'credit-officer' },
        body: { points: Number(points), reason: options.reason },
      }),
    );
  group
    .command('decide')
    .argument('<adjustment>')
    .argument('<decision>', 'accept, refuse', oneOf('accept', 'refuse'))
    .action((adjustmentId: string, decision: string, _options, command) =>
      does(workOf(command, world, OFFICER), {
        ...{ role: 'marketing-manager', body: { decision }, done: `${adjustmentId}: ${decision}` },
        path: `/credit/adjustments/${encodeURIComponent(adjustmentId)}/decision`,
      }),
    );
}

interface Measure {
  readonly measureId: string;
  readonly accountNo: string;
  readonly kind: string;
  readonly effect: string;
  readonly givenBy: string;
  readonly ownerRole: string;
  readonly dueOn: string;
  readonly amountFen: number | null;
}

/** `fudian credit measure list | close | claim`: what follows from a grade (G3, K6). */
export function registerMeasure(credit: Command, world: World): void {
  const group = credit.command('measure').description('rights, proposals, restraints and duties (G3, K6)');
  group
    .command('list')
    .description('what is open, the most urgent first')
    .option('--kind <kind>')
    .option('--role <role>', 'whose work')
    .action(async (options: { kind?: string; role?: string }, command) => {
      const work = workOf(command, world, OFFICER);
      const items = await readAll<Measure>(work.target.api, '/credit/measures', { ...options });
      show(work, items, () =>
        items.length === 0
          ? 'Nothing is open.'
          : table(
              ['account', 'kind', 'effect', 'by', 'owner', 'until', 'amount', 'id'],
              items.map((m) => [
                ...[m.accountNo, m.kind, m.effect, m.givenBy, m.ownerRole, m.dueOn, yuan(m.amountFen)],
                m.measureId,
              ]),
            ),
      );
    });
  group
    .command('close')
    .description('what became of it')
    .argument('<measure>')
    .argument('<status>', 'accepted, declined, done', oneOf('accepted', 'declined', 'done'))
    .requiredOption('--outcome <text>', 'in words that are kept')
    .action((measureId: string, status: string, options: { outcome: string }, command) =>
      does(workOf(command, world, OFFICER), {
        ...{ role: 'credit-officer', path: '/credit/measures/outcome', done: `${measureId}: ${status}` },
        body: { measureId, status, outcome: options.outcome },
      }),
    );
  group
    .command('claim')
    .description('the customer takes up a right of the grade')
    .argument('<account>')
    .argument('<kind>', 'as `credit show` lists it')
    .action((accountNo: string, kind: string, _options, command) =>
      putMatter(workOf(command, world, OFFICER), {
        ...{ accountNo, path: 'claims', role: 'credit-officer', body: { kind } },
      }),
    );
}

/** `fudian credit commitment sign | settle`: a signed word in place of a proof of title (H5). */
export function registerCommitment(credit: Command, world: World): void {
  const group = credit.command('commitment').description('signed commitments of trusted customers (H5)');
  group
    .command('sign')
    .argument('<account>')
    .requiredOption('--application <number>', 'the application it belongs to')
    .requiredOption('--text <text>', 'what was signed')
    .requiredOption('--proof <sha256>', 'hash of the stored scan')
    .requiredOption('--on <day>', 'day of the signature')
    .action((accountNo: string, options: Record<string, string>, command) =>
      putMatter(workOf(command, world, OFFICER), {
        ...{ accountNo, path: 'commitments', role: 'credit-officer' },
        body: {
          ...{ application: options['application'], text: options['text'] },
          ...{ proofSha256: options['proof'], signedOn: options['on'] },
        },
      }),
    );
  group
    .command('settle')
    .argument('<commitment>')
    .argument('<how>', 'kept, broken', oneOf('kept', 'broken'))
    .requiredOption('--reason <text>', 'in words that are kept')
    .action((commitmentId: string, how: string, options: { reason: string }, command) =>
      does(workOf(command, world, OFFICER), {
        ...{ role: 'credit-officer', body: { kept: how === 'kept', reason: options.reason } },
        path: `/credit/commitments/${encodeURIComponent(commitmentId)}/outcome`,
        done: `${commitmentId}: ${how}`,
      }),
    );
}

interface Ordering {
  readonly orderingId: string;
  readonly items: readonly { id: string; place: number; why: string }[];
}

/** `fudian credit order`: who first, and why (G3.1, G3.2, R3). */
export function registerOrder(credit: Command, world: World): void {
  credit
    .command('order')
    .description('who first, and why; the answer is kept')
    .argument('<purpose>', 'service, dunning, rationing', oneOf('service', 'dunning', 'rationing'))
    .argument('<accounts...>', 'account numbers')
    .option('--kinds <kinds>', 'of rationing: kinds of users in the order of the plan, with commas between')
    .option('--csv <file>', 'write it as a file for spreadsheets')
    .action(
      async (
        purpose: string,
        accounts: string[],
        options: { kinds?: string; csv?: string },
        command: Command,
      ) => {
        const work = workOf(command, world, OFFICER);
        if (purpose === 'rationing' && options.kinds === undefined)
          throw new CliError('Rationing needs --kinds, in the order of the plan.', EXIT.usage);
        const { api } = work.target;
        const made = await api.post<Ordering>('/credit/orderings', {
          body: {
            ...{ purpose, candidates: accounts.map((accountNo) => ({ accountNo })) },
            ...(purpose === 'rationing' ? { kinds: (options.kinds ?? '').split(',') } : {}),
          },
        });
        if (options.csv !== undefined)
          writeFileSync(
            options.csv,
            await api.bytes(`/credit/orderings/${encodeURIComponent(made.orderingId)}/ordering.csv`),
          );
        show(work, made, ({ items }) =>
          table(
            ['place', 'account', 'why'],
            items.map(({ place, id, why }) => [place, id, why]),
          ),
        );
      },
    );
}
