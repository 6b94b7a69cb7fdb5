import { checkCommands } from './commands.ts';
import { checkEngine } from './engine.ts';
import { checkLight, type LightTally } from './light.ts';
import { checkMessages, type MessageTally } from './messages.ts';
import { checkMoney } from './money.ts';
import { checkPapers } from './papers.ts';
import { checkStops, type StopTally } from './stops.ts';
import { withBooks, type Fault, type Where } from './books.ts';

export interface Verdict {
  readonly stops: StopTally;
  readonly light: LightTally;
  readonly messages: MessageTally;
  readonly payments: number;
  readonly commands: { readonly answered: number; readonly lost: number };
  readonly runs: number;
  /** Empty, or something happened that must never happen. */
  readonly faults: readonly Fault[];
}

/** Compares database, engine, district and journal, by rules of its own. */
export const checkAll = (where: Where): Promise<Verdict> =>
  withBooks(where, async (books) => {
    const stops = await checkStops(books);
    const light = await checkLight(books);
    const messages = await checkMessages(books);
    const money = await checkMoney(books);
    const commands = await checkCommands(books);
    return {
      ...{ stops: stops.tally, light: light.tally, messages: messages.tally, payments: money.payments },
      commands: { answered: commands.answered, lost: commands.lost },
      runs: books.runs.length,
      faults: [
        ...books.journal.wrongAnswers,
        ...[stops, light, messages, money, commands].flatMap(({ faults }) => faults),
        ...(await checkPapers(books)),
        ...(await checkEngine(books)),
      ],
    };
  });
