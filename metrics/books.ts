import { Gauge, type Registry } from 'prom-client';
import { wholeCompany, type Db } from '../db/database.ts';
import { readFigures, type Figure } from '../db/reads/figures.ts';

/** Name, help and the label of each figure of the books. */
const GAUGES = [
  ['cases_open', 'Open cases, by stage', 'stage'],
  ['outbox_waiting', 'Entries not delivered yet, by kind', 'kind'],
  ['outbox_oldest_seconds', 'Age of the oldest entry not delivered, by kind', 'kind'],
  ['restorations_open', 'Restorations owed and not made (in-time, past-promise, late)', 'state'],
  ['restoration_oldest_seconds', 'Time since the cause of the oldest restoration not made', undefined],
  ['restorations_not_begun', 'Stops whose restoration is due and has no procedure yet', undefined],
  ['stops_in_force', 'Customers without supply, by how the stop is judged', 'classification'],
  ['permits_live', 'Permits granted and neither used, revoked nor expired', undefined],
  ['stand_downs_waiting', 'Crews recalled that have not acknowledged', undefined],
  ['incidents_open', 'Wrongful stops, races and breaches not closed, by kind', 'kind'],
  ['approvals_pending', 'Approvals that wait for a signature', undefined],
  ['reports_waiting', 'Reports upward that nobody has acknowledged, by subject', 'subject'],
  ['messages_unsent', 'Messages prepared and not handed over, by channel', 'channel'],
  ['alarms_open', 'Alarms that stand, by kind', 'kind'],
  ['run_age_seconds', 'Time since a watch last finished, by watch', 'run'],
] as const;

const CACHE_MS = 5_000;
const TIMEOUT_MS = 3_000;

/** Shared by scrapes that come together; the books are read at most once in a while. */
function cached(read: () => Promise<Figure[] | undefined>): () => Promise<Figure[] | undefined> {
  let last: { at: number; figures: Promise<Figure[] | undefined> } | undefined;
  return () => {
    if (last === undefined || performance.now() - last.at > CACHE_MS)
      last = { at: performance.now(), figures: read() };
    return last.figures;
  };
}

/** Gauges of what the database holds, read at each scrape; `fudian_books_readable` is 0 while it cannot be read. */
export function bookMetrics(registry: Registry, db: Db, companyId: string): void {
  const figures = cached(() =>
    db
      .tx(wholeCompany(companyId), (tx) => readFigures(tx, TIMEOUT_MS))
      // Said by the gauge; old numbers would lie.
      .catch(() => undefined),
  );
  new Gauge({
    name: 'fudian_books_readable',
    help: '1 while the database answers the question for the figures',
    registers: [registry],
    async collect() {
      this.set((await figures()) === undefined ? 0 : 1);
    },
  });
  for (const [name, help, labelName] of GAUGES)
    new Gauge({
      name: `fudian_${name}`,
      help,
      labelNames: labelName === undefined ? [] : [labelName],
      registers: [registry],
      async collect() {
        const found = ((await figures()) ?? []).filter((figure) => figure.name === name);
        this.reset();
        for (const { label, value } of found)
          if (labelName === undefined) this.set(value);
          else this.set({ [labelName]: label }, value);
      },
    });
}
