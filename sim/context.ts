import type { Agenda } from './agenda/agenda.ts';
import type { Books } from './books/books.ts';
import type { SimClock } from './books/clock.ts';
import type { Faults } from './faults/faults.ts';
import type { SimSecrets } from './secrets.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

/** What every system of the district is given. */
export interface SimContext {
  books: Books;
  clock: SimClock;
  agenda: Agenda;
  faults: Faults;
  webhooks: Webhooks;
  secrets: SimSecrets;
  /** Fudian's own URL without a slash at the end; undefined until somebody has said it. */
  publicUrl: () => string | undefined;
  /** Pause between two steps of a message or call whose phone has no pace of its own. */
  paceMs: number;
  /** Where errors go that no caller hears of. */
  report(error: unknown): void;
}
