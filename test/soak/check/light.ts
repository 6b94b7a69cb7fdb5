import { ms, text, type Books, type Fault } from './books.ts';

const DAY_MS = 86_400_000;

export interface LightTally {
  readonly owed: number;
  readonly made: number;
  readonly late: number;
  readonly explained: number;
}

/** Why supply has to be back, found anew from what happened and not from the triggers that the product wrote. */
const STOPS = `
select s.stop_id, s.account_id, a.account_no, a.meter_no, s.classification, s.in_force, s.occurred_at, s.restored_at, s.named_bills,
       r.status, r.cause_at, r.deadline_at, r.missed, r.miss_reason, r.customer_told_at, r.leader_told_at,
       (select count(*)::int from tickets t where t.stop_id = s.stop_id and t.kind = 'restore') as tickets,
       (select array_agg(t.kind || ' ' || t.fact_id) from restoration_triggers t where t.stop_id = s.stop_id) as triggers,
       (select min(t.occurred_at) from restoration_triggers t where t.stop_id = s.stop_id) as first_cause_at,
       exists (select from holds h where h.account_id = s.account_id and h.occurred_at >= s.occurred_at
                  and h.kind in ('plan', 'deferral', 'guarantee', 'authority-order', 'moved-out', 'protection')
                  and (s.restored_at is null or h.occurred_at < s.restored_at)) as agreed,
       exists (select from holds h where h.account_id = s.account_id and h.kind = 'dispute' and h.end_reason = 'dispute-upheld'
                  and h.ended_at >= s.occurred_at and (s.restored_at is null or h.ended_at < s.restored_at)) as upheld
  from stops s join accounts a using (account_id) left join restorations r using (stop_id) order by s.stop_id`;

/** Open principal by bill as billing's own books have it. */
const OPEN = `
select b.bill_id, b.principal_fen - least(b.principal_fen, b.opening_paid_fen
         + coalesce(sum(a.amount_fen) filter (where p.status = 'posted'), 0)) as open_fen
  from bill b left join allocation a using (bill_id) left join payment p using (payment_id) group by b.bill_id`;

/** A restoration is neither lost nor started twice; a late one is explained. */
export async function checkLight(books: Books): Promise<{ faults: Fault[]; tally: LightTally }> {
  const open = new Map((await books.sim(OPEN)).map((row) => [text(row, 'bill_id'), Number(row['open_fen'])]));
  const relays = new Map(
    (await books.sim('select meter_no, relay from meter')).map((row) => [
      text(row, 'meter_no'),
      text(row, 'relay'),
    ]),
  );
  const orders = new Map<string, number>();
  for (const row of await books.sim(`select ticket_id from work_order where body ->> 'kind' = 'restore'`))
    orders.set(text(row, 'ticket_id'), (orders.get(text(row, 'ticket_id')) ?? 0) + 1);
  const faults: Fault[] = [];
  let [owed, made, late, explained] = [0, 0, 0, 0];
  for (const stop of await books.db(STOPS)) {
    const id = text(stop, 'stop_id');
    const named = stop['named_bills'] as { billId: string }[];
    const isPaid = named.every(({ billId }) => (open.get(billId) ?? 0) <= 0);
    const isOwed =
      isPaid ||
      text(stop, 'classification') !== 'lawful' ||
      stop['agreed'] === true ||
      stop['upheld'] === true;
    const runs = books.runs.filter(({ workflowId }) => workflowId === `restore/${id}`);
    const triggers = (stop['triggers'] ?? []) as string[];
    const isMade = stop['restored_at'] !== null;
    if (isOwed || triggers.length > 0) owed += 1;
    if (isMade) made += 1;
    if (isOwed && triggers.length === 0) faults.push(`${id}: supply is owed, and nothing was begun`);
    if ((isOwed || triggers.length > 0) && !isMade) faults.push(`${id}: supply is owed and not back`);
    if (isMade && !isOwed && triggers.length === 0)
      faults.push(`${id}: supply is back, and nobody knows why`);
    if (triggers.length > 0 && runs.length !== 1)
      faults.push(`${id}: ${runs.length} restorations for one stop`);
    if (triggers.length > 0 && text(stop, 'tickets') !== '1')
      faults.push(`${id}: ${text(stop, 'tickets')} tickets to restore`);
    if (isMade && runs.some(({ status }) => status !== 'COMPLETED'))
      faults.push(`${id}: back, and its restoration goes on`);
    if (isMade === (stop['in_force'] === true)) faults.push(`${id}: back and in force`);
    const isOff = stop['in_force'] === true;
    if (
      isOff &&
      relays.get(text(stop, 'meter_no')) === 'closed' &&
      !books.journal.switches.some((s) => s.breach === 'wrong-meter')
    )
      faults.push(`${id}: in force, and the meter is on`);
    if (!isMade) continue;
    if (ms(stop, 'deadline_at') !== ms(stop, 'cause_at') + DAY_MS)
      faults.push(`${id}: a deadline that is not 24 hours after its cause`);
    if (ms(stop, 'cause_at') > Math.max(ms(stop, 'first_cause_at'), ms(stop, 'occurred_at')))
      faults.push(`${id}: its clock began too late`);
    const isLate = ms(stop, 'restored_at') > ms(stop, 'deadline_at');
    if (isLate) late += 1;
    if (isLate && stop['missed'] !== true) faults.push(`${id}: late, and nobody was told`);
    if (
      stop['missed'] === true &&
      stop['miss_reason'] !== null &&
      stop['customer_told_at'] !== null &&
      stop['leader_told_at'] !== null
    )
      explained += 1;
    else if (stop['missed'] === true) faults.push(`${id}: missed and not explained`);
  }
  faults.push(
    ...[...orders].filter(([, n]) => n > 1).map(([ticketId]) => `${ticketId}: two orders for one ticket`),
  );
  faults.push(...(await darkWithoutStop(books, relays)));
  return { faults, tally: { owed, made, late, explained } };
}

/** Nobody sits in the dark of whom the books say that supply is on. */
async function darkWithoutStop(books: Books, relays: ReadonlyMap<string, string>): Promise<Fault[]> {
  const lit = await books.db(
    `select account_no, meter_no from accounts a where not exists (select from stops s where s.account_id = a.account_id and s.in_force)`,
  );
  return lit
    .filter((row) => relays.get(text(row, 'meter_no')) === 'open')
    .map((row) => `${text(row, 'account_no')}: dark, and no stop is in force`);
}
