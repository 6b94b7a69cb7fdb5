import type { Statements } from '../books/books.ts';
import { toE164 } from '../http/phone.ts';
import type { Fault, FaultSpec, FaultSubject, FaultySystem } from './fault.ts';
import { faultSpec, isOneOf } from './fault.ts';

/** The one registry of faults; every system of the district asks it before it answers. */
export interface Faults {
  add(spec: FaultSpec): Promise<Fault>;
  list(): readonly Fault[];
  /** Ends one fault, or all of them. Returns how many ended. */
  remove(id?: number): Promise<number>;
  /** The first fault of the named kinds that meets the subject; it is used up by one. */
  take<Kind extends Fault['fault']>(
    system: FaultySystem,
    kinds: readonly Kind[],
    subject: FaultSubject,
  ): Promise<(Fault & { fault: Kind }) | undefined>;
}

/** Opens the registry with the faults that a restart found switched on. */
export async function openFaults(books: Statements): Promise<Faults> {
  const kept = await books.rows<{ id: number; spec: FaultSpec; left_over: number | null }>(
    'select id, spec, left_over from fault order by id',
  );
  let faults: Fault[] = kept.map((row) => ({
    ...faultSpec.parse(row.spec),
    id: row.id,
    left: row.left_over,
  }));

  const save = async (fault: Fault): Promise<void> => {
    if (fault.left === 0) await books.rows('delete from fault where id = $1', [fault.id]);
    else await books.rows('update fault set left_over = $2 where id = $1', [fault.id, fault.left]);
  };

  return {
    add: async (given) => {
      const spec = faultSpec.parse(given);
      const left = spec.times ?? null;
      const [row] = await books.rows<{ id: number }>(
        'insert into fault (spec, left_over) values ($1, $2) returning id',
        [JSON.stringify(spec), left],
      );
      if (!row) throw new Error('the fault was not kept');
      const fault: Fault = { ...spec, id: row.id, left };
      faults.push(fault);
      return fault;
    },
    list: () => faults,
    remove: async (id) => {
      const ended = faults.filter((fault) => id === undefined || fault.id === id);
      faults = faults.filter((fault) => !ended.includes(fault));
      await books.rows('delete from fault where id = any ($1)', [ended.map((fault) => fault.id)]);
      return ended.length;
    },
    take: async <Kind extends Fault['fault']>(
      system: FaultySystem,
      kinds: readonly Kind[],
      subject: FaultSubject,
    ) => {
      const isMet = (fault: Fault): fault is Fault & { fault: Kind } =>
        fault.system === system && isOneOf(kinds, fault.fault) && meets(fault, subject);
      const found = faults.find(isMet);
      if (found && found.left !== null) {
        // Counted before the first await: two requests at once never share the last use.
        found.left -= 1;
        if (found.left === 0) faults = faults.filter((fault) => fault !== found);
        await save(found);
      }
      return found;
    },
  };
}

function meets(fault: Fault, subject: FaultSubject): boolean {
  const { path, accountNo, phone, meterNo, address } = fault.match ?? {};
  return (
    (path === undefined || (subject.path ?? '').includes(path)) &&
    (accountNo === undefined || subject.accountNo === accountNo) &&
    (phone === undefined || (subject.phone !== undefined && toE164(subject.phone) === toE164(phone))) &&
    (meterNo === undefined || subject.meterNo === meterNo) &&
    (address === undefined || (subject.addresses ?? []).includes(address))
  );
}
