import { ms, number, text, type Books, type Fault } from './books.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const FRESH_MS = 60_000;
const PERMIT_LIFE_MS = 10 * MINUTE_MS;
const SHANGHAI_MS = 8 * 3_600_000;
const dayOf = (epochMs: number): number => Math.floor((epochMs + SHANGHAI_MS) / DAY_MS);
const dayOfDate = (row: Record<string, unknown>, column: string): number =>
  Math.floor(Date.parse(`${text(row, column)}T00:00:00Z`) / DAY_MS);

/** Everything that stands behind each executed stop, one row a stop. */
const STOPS = `
select s.*, a.meter_no as account_meter, a.account_no, a.category, a.customer_class,
       p.occurred_at as permit_at, p.recorded_at as permit_recorded_at, p.expires_at, p.revoked_at, p.ticket_id as permit_ticket,
       p.meter_no as permit_meter,
       d.outcome as decided, d.question, d.recorded_at as decided_at,
       (select max(o.recorded_at) from observations o
         where o.account_id = s.account_id and o.kind = 'billing-now' and o.recorded_at <= d.recorded_at) as looked_at,
       t.attempt, t.occurred_at as ticket_at, t.meter_no as ticket_meter,
       red.stop_at as told_at, red.interval_minutes, red.served_at as red_at, red.served_on::text as red_on,
       red.recorded_at as red_recorded_at, red.occurred_at as red_written_at,
       yellow.served_at as yellow_at, first.served_at as first_at,
       ap.status as approval, ap.decided_at as approved_at, ap.applicant_id, ap.bound, ap.required_roles,
       (select array_agg(ad.role order by ad.role) from approval_decisions ad
         where ad.approval_id = ap.approval_id and ad.decision = 'approve') as signed_roles,
       (select array_agg(ad.approver_id) from approval_decisions ad where ad.approval_id = ap.approval_id) as signers,
       (select max((b.due_on)::text) from jsonb_array_elements(s.named_bills) n
          join bills b on b.bill_id = n ->> 'billId') as latest_due_on,
       (select bool_or(b.service <> 'electricity') from jsonb_array_elements(s.named_bills) n
          join bills b on b.bill_id = n ->> 'billId') as other_service,
       (select min(coalesce(m.answered_at, m.delivered_at)) from messages m
         where m.case_id = s.case_id and m.message_key like s.case_id || '/second-notice-%/' || t.attempt
           and (m.status = 'acknowledged' or (m.channel = 'sms' and m.status = 'delivered'))) as told_again_at
  from stops s join accounts a using (account_id)
  left join permits p on p.permit_id = s.permit_id
  left join decisions d on d.decision_id = p.decision_id
  left join tickets t on t.ticket_id = s.ticket_id
  left join notices red on red.case_id = s.case_id and red.kind = 'red' and red.attempt = t.attempt and red.served_at is not null
  left join lateral (select min(served_at) as served_at from notices y
                      where y.case_id = s.case_id and y.kind = 'yellow' and y.served_at is not null) yellow on true
  left join lateral (select min(served_at) as served_at from notices f
                      where f.case_id = s.case_id and f.kind = 'first-dunning' and f.served_at is not null) first on true
  left join approvals ap on ap.case_id = s.case_id and ap.attempt = t.attempt
 order by s.stop_id`;

type Stop = Record<string, unknown>;

/** Not permitted at T-0 by facts younger than a minute. */
function permitted(stop: Stop): string[] {
  if (stop['permit_at'] === null) return ['no permit stands behind it'];
  const at = ms(stop, 'occurred_at');
  return [
    ...(text(stop, 'decided') === 'permitted' ? [] : ['its permit rests on no permission']),
    ...(text(stop, 'question') === 'may-stop:T-0' ? [] : ['its permission was not asked at T-0']),
    ...(ms(stop, 'decided_at') - ms(stop, 'looked_at') <= FRESH_MS
      ? []
      : ['billing was not read in that minute']),
    ...(at >= ms(stop, 'permit_at') && at < ms(stop, 'expires_at') ? [] : ['outside the life of its permit']),
    ...(ms(stop, 'expires_at') - ms(stop, 'permit_at') <= PERMIT_LIFE_MS
      ? []
      : ['its permit lived too long']),
    ...(text(stop, 'permit_ticket') === text(stop, 'ticket_id') ? [] : ['the permit of another ticket']),
  ];
}

/** Outside the notified time, before the notice period or the thirty days are over. */
function inTime(stop: Stop): string[] {
  const at = ms(stop, 'occurred_at');
  const toldAt = ms(stop, 'told_at');
  const day = dayOf(at);
  const weekday = (day + 4) % 7;
  const leadMinutes = text(stop, 'customer_class') === 'resident' ? 30 : 60;
  const isToldAgain = ms(stop, 'told_again_at') <= toldAt - leadMinutes * MINUTE_MS;
  return [
    ...(at >= toldAt && at < toldAt + number(stop, 'interval_minutes') * MINUTE_MS
      ? []
      : ['outside the notified time']),
    ...(day === dayOfDate(stop, 'red_on') + 7 ? [] : ['not on the seventh day after the red notice']),
    ...(day >= dayOfDate(stop, 'latest_due_on') + 32
      ? []
      : ['before the bill was more than thirty days overdue']),
    ...(stop['other_service'] === true ? ['for something that is not electricity'] : []),
    ...(weekday >= 2 && weekday <= 4 ? [] : ['not on a Tuesday, Wednesday or Thursday']),
    ...(dayOf(ms(stop, 'ticket_at')) === day - 1 ? [] : ['its ticket was not raised on the day before']),
    ...(isToldAgain ? [] : ['nobody was told again in time']),
    ...(ms(stop, 'first_at') < ms(stop, 'yellow_at') ? [] : ['the first reminder did not come first']),
    ...(dayOf(ms(stop, 'first_at')) < dayOf(ms(stop, 'yellow_at')) ? [] : ['two reminders in one day']),
    ...(ms(stop, 'yellow_at') < ms(stop, 'approved_at') ? [] : ['approved before the yellow notice']),
    ...(dayOf(ms(stop, 'yellow_at')) < dayOf(ms(stop, 'red_at')) ? [] : ['yellow and red in one day']),
  ];
}

interface Bound {
  accountId?: string;
  meterNo?: string;
  billIds?: string[];
  principalFen?: number;
}

/** An approval by the applicant, after the fact, or for other bills or more principal. */
function approved(stop: Stop): string[] {
  const bound = (stop['bound'] ?? {}) as Bound;
  const named = (stop['named_bills'] as { billId: string }[]).map((bill) => bill.billId).toSorted();
  const signers = (stop['signers'] ?? []) as string[];
  const signed = new Set((stop['signed_roles'] ?? []) as string[]);
  const required = (stop['required_roles'] ?? []) as string[];
  return [
    // Void: the report came after the attempt had been given up; it was signed all the same.
    ...(['approved', 'void'].includes(text(stop, 'approval')) ? [] : ['not approved']),
    ...(required.length > 0 && required.every((role) => signed.has(role)) ? [] : ['a signature is missing']),
    ...(signers.includes(text(stop, 'applicant_id')) ? ['approved by the applicant'] : []),
    ...(new Set(signers).size === signers.length ? [] : ['one person signed twice']),
    ...(ms(stop, 'approved_at') <= ms(stop, 'red_written_at') ? [] : ['approved after the red notice']),
    ...(bound.accountId === text(stop, 'account_id') ? [] : ['approved for another account']),
    ...(bound.meterNo === text(stop, 'account_meter') ? [] : ['approved for another meter']),
    ...(JSON.stringify((bound.billIds ?? []).toSorted()) === JSON.stringify(named)
      ? []
      : ['approved for other bills']),
    ...((bound.principalFen ?? 0) >= number(stop, 'principal_fen') ? [] : ['approved for less principal']),
  ];
}

const atTheMeter = (stop: Stop): string[] =>
  [text(stop, 'meter_no'), text(stop, 'ticket_meter'), text(stop, 'permit_meter')].every(
    (meter) => meter === text(stop, 'account_meter'),
  )
    ? []
    : ['at the wrong meter'];

/** What the stops came to. */
export interface StopTally {
  readonly carriedOut: number;
  readonly permitted: number;
  readonly wrongful: number;
  readonly races: number;
  readonly overtaken: number;
  readonly breaches: number;
  readonly breachesFound: number;
}

/** Every stop that was carried out as permitted is held against the law; every breach by hand has to be called one. */
export async function checkStops(books: Books): Promise<{ faults: Fault[]; tally: StopTally }> {
  const stops = await books.db(STOPS);
  const switched = new Map(books.journal.switches.map((one) => [one.ticketId, one]));
  const faults: Fault[] = [];
  let [breaches, found, races, wrongful, overtaken] = [0, 0, 0, 0, 0];
  for (const stop of stops) {
    const id = text(stop, 'stop_id');
    const done = switched.get(text(stop, 'ticket_id'));
    const called = text(stop, 'classification');
    if (called === 'race') races += 1;
    if (done?.breach) {
      breaches += 1;
      if (called === 'wrongful') found += 1;
      else faults.push(`${id}: a crew did ${done.breach}, and it is called ${called}`);
      continue;
    }
    if (done === undefined && text(stop, 'method') !== 'remote')
      faults.push(`${id}: nobody switched this off`);
    // The crew threw the switch in the moment in which the recall was on its way.
    const isOvertaken = done !== undefined && ms(stop, 'revoked_at') <= Date.parse(done.at);
    if (isOvertaken) {
      overtaken += 1;
      if (called !== 'wrongful') faults.push(`${id}: stopped after its permit was revoked, called ${called}`);
      continue;
    }
    const against = [...permitted(stop), ...inTime(stop), ...approved(stop), ...atTheMeter(stop)];
    if (against.length > 0 || called === 'wrongful') wrongful += 1;
    if (called === 'wrongful') faults.push(`${id}: a wrongful stop: ${JSON.stringify(stop['reasons'])}`);
    faults.push(...against.map((what) => `${id}: ${what}`));
  }
  const recorded = new Set(stops.map((stop) => text(stop, 'ticket_id')));
  for (const one of books.journal.switches)
    if (!recorded.has(one.ticketId)) faults.push(`${one.ticketId}: switched off, and no stop is recorded`);
  if (switched.size !== books.journal.switches.length) faults.push('a ticket was switched off twice');
  const [granted] = await books.db('select count(*)::int as n from permits');
  return {
    faults,
    tally: {
      ...{ carriedOut: stops.length, permitted: number(granted ?? {}, 'n'), wrongful, races },
      ...{ overtaken, breaches, breachesFound: found },
    },
  };
}
