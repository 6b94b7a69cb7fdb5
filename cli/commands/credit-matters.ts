import type { Command } from 'commander';
import type { ApiClient, TextReason } from '../core/api-client.ts';
import { readAll } from '../core/cases.ts';
import { workOf, type Work, type World } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { actAs } from '../core/people.ts';
import { show, table, when } from '../core/print.ts';

const OFFICER = 'credit-he';

/** A word of a list. @throws CliError 2 */
export const oneOf =
  (...words: readonly string[]) =>
  (given: string): string => {
    if (!words.includes(given)) throw new CliError(`"${given}" is none of: ${words.join(', ')}`, EXIT.usage);
    return given;
  };

/** What every matter of credit has; the rest differs. */
interface Matter {
  readonly accountNo: string;
  readonly centreId: string;
  readonly status: string;
  readonly allowedActions: readonly { action: string; allowed: boolean; reasons: readonly TextReason[] }[];
  readonly [field: string]: unknown;
}

const said = (value: unknown): string => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : '';
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? when(text) : text;
};

/** One kind of matter: where it lies, what of it a table shows, who acts on it in the district. */
export interface MatterKind {
  readonly name: string;
  /** Of the API, after /credit/. */
  readonly path: string;
  readonly idField: string;
  readonly columns: readonly string[];
  readonly states?: readonly string[];
  /** In these something may still be done. */
  readonly open: readonly string[];
  readonly what: string;
}

function matterText(kind: MatterKind, matter: Matter): string {
  const facts = Object.entries(matter)
    .filter(([field]) => field !== 'allowedActions')
    .map(([field, value]) => [field, said(value)] as const)
    .filter(([, text]) => text !== '');
  const acts = matter.allowedActions.map(({ action, allowed, reasons }) =>
    [
      `  ${action}: ${allowed ? 'yes' : 'no'}`,
      ...reasons.map(({ text, clause }) => `    ${text} (${clause})`),
    ].join('\n'),
  );
  return [
    said(matter[kind.idField]),
    table(
      ['', ''],
      facts.map(([field, text]) => [field, text]),
    ),
    'What you may do:',
    ...acts,
  ].join('\n');
}

/** The matter that a person means: by its id, else the only one of the account that is open. @throws CliError 2 */
export async function findMatter(api: ApiClient, kind: MatterKind, which: string): Promise<Matter> {
  if (which.includes('/')) return api.get<Matter>(`/credit/${kind.path}/${encodeURIComponent(which)}`);
  const all = await readAll<Matter>(api, `/credit/${kind.path}`, { accountNo: which });
  const open = all.filter(({ status }) => kind.open.includes(status));
  const [one] = open;
  if (one === undefined) throw new CliError(`${which} has no open ${kind.name}.`, EXIT.usage);
  if (open.length > 1) {
    const ids = open.map((matter) => said(matter[kind.idField]));
    throw new CliError(`${which} has several; say which:\n${ids.join('\n')}`, EXIT.usage);
  }
  return one;
}

/** `list` and `show` of one kind, under its own command. */
export function registerMatter(credit: Command, world: World, kind: MatterKind): Command {
  const group = credit.command(kind.name).description(kind.what);
  const list = group
    .command('list')
    .description('what waits; of an account: everything')
    .argument('[account]');
  if (kind.states !== undefined) list.option('--status <status>', kind.states.join(', '));
  list.action(async (accountNo: string | undefined, options: { status?: string }, command) => {
    const work = workOf(command, world, OFFICER);
    const asked = { accountNo, status: options.status };
    const items = await readAll<Matter>(work.target.api, `/credit/${kind.path}`, asked);
    show(work, items, () =>
      items.length === 0
        ? 'Nothing waits.'
        : table(
            ['account', ...kind.columns, 'id'],
            items.map((item) => [
              ...[item.accountNo, ...kind.columns.map((column) => said(item[column]))],
              said(item[kind.idField]),
            ]),
          ),
    );
  });
  group
    .command('show')
    .description('one of them, and what may be done about it')
    .argument('<which>', 'its id, or the account where only one is open')
    .action(async (which: string, _options, command) => {
      const work = workOf(command, world, OFFICER);
      const found = await findMatter(work.target.api, kind, which);
      show(work, found, () => matterText(kind, found));
    });
  return group;
}

/** Does something with a matter as `role` of its centre, then shows how it stands. */
export async function actOn(
  work: Work,
  kind: MatterKind,
  act: { which: string; verb: string; role: string; body: Record<string, unknown> },
): Promise<void> {
  const matter = await findMatter(work.target.api, kind, act.which);
  const id = encodeURIComponent(said(matter[kind.idField]));
  const api = await actAs(work, act.role, matter.centreId);
  await api.post(`/credit/${kind.path}/${id}/${act.verb}`, { body: act.body });
  const after = await work.target.api.get<Matter>(`/credit/${kind.path}/${id}`);
  show(work, after, () => `${said(after[kind.idField])}: ${after.status}`);
}

/** A new matter of an account. */
export async function putMatter(
  work: Work,
  act: { accountNo: string; path: string; role: string; body: Record<string, unknown> },
): Promise<void> {
  const account = encodeURIComponent(act.accountNo);
  const { centreId } = await work.target.api.get<{ centreId: string }>(`/accounts/${account}/credit`);
  const api = await actAs(work, act.role, centreId);
  const made = await api.post<Record<string, unknown>>(`/accounts/${account}/credit/${act.path}`, {
    body: act.body,
  });
  show(work, made, () =>
    Object.entries(made)
      .map(([field, value]) => `${field}: ${said(value)}`)
      .join('\n'),
  );
}
