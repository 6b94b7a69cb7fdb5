import { checkCommands } from './commands.ts';
import { checkEngine } from './engine.ts';
import { checkLight, type LightTally } from './light.ts';
import { checkMessages, type MessageTally } from './messages.ts';
import { checkMoney } from './money.ts';
import { checkPapers } from './papers.ts';
import { checkStops, type StopTally } from './stops.ts';
import { text, withBooks, type Books, type Fault, type Where } from './books.ts';

export interface Verdict {
  readonly stops: StopTally;
  readonly light: LightTally;
  readonly messages: MessageTally;
  readonly payments: number;
  readonly commands: { readonly answered: number; readonly lost: number };
  readonly runs: number;
  /** Empty, or something happened that must never happen. */
  readonly faults: readonly Fault[];
  /** What the audit says of the cases that are named there, for whoever looks for the cause. */
  readonly behind: readonly string[];
}

const CASE_ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

async function auditBehind(books: Books, faults: readonly Fault[]): Promise<string[]> {
  const ids = new Set(faults.flatMap((fault) => fault.match(CASE_ID) ?? []));
  const lines = await books.db(
    `select chain_id, n, action, actor, body::text as body, occurred_at::text as occurred, recorded_at::text as recorded
       from audit order by chain_id, n`,
  );
  return lines
    .filter((line) => ids.has(text(line, 'chain_id')))
    .map((line) =>
      ['chain_id', 'n', 'occurred', 'recorded', 'actor', 'action', 'body']
        .map((c) => text(line, c))
        .join(' '),
    );
}

/** Compares database, engine, district and journal, by rules of its own. */
export const checkAll = (where: Where): Promise<Verdict> =>
  withBooks(where, async (books) => {
    const stops = await checkStops(books);
    const light = await checkLight(books);
    const messages = await checkMessages(books);
    const money = await checkMoney(books);
    const commands = await checkCommands(books);
    const faults = [
      ...books.journal.wrongAnswers,
      ...[stops, light, messages, money, commands].flatMap((checked) => checked.faults),
      ...(await checkPapers(books)),
      ...(await checkEngine(books)),
    ];
    return {
      ...{ stops: stops.tally, light: light.tally, messages: messages.tally, payments: money.payments },
      commands: { answered: commands.answered, lost: commands.lost },
      runs: books.runs.length,
      ...{ faults, behind: await auditBehind(books, faults) },
    };
  });
