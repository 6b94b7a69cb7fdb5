import type { WatchLimits } from '../../rules/parameters/watch-limits.ts';
import type { Tx } from '../database.ts';
import type { Finding } from './finding.ts';

const LIMIT = 200;

/** Entries that lie longer than their priority allows, each with the account it is about. */
const ENTRIES = `
with old as (
  select o.* from outbox o
   where o.done_at is null and o.kind <> 'webhook'
     and o.recorded_at < clock_timestamp() - interval '1 second' *
         case o.priority when 0 then $1::float8 when 1 then $2::float8 else $3::float8 end
   order by o.priority, o.outbox_id limit ${LIMIT}),
named as (
  select old.*, coalesce(payload ->> 'accountId', payload -> 'input' ->> 'accountId',
      (select account_id from tickets t where t.ticket_id = payload ->> 'ticketId'),
      (select account_id from stops s where s.stop_id = payload ->> 'stopId')) as account_id
    from old)
select n.outbox_key as key, n.kind, n.attempts, n.recorded_at as "since", a.account_id as "accountId", a.centre_id as "centreId",
       payload ->> 'caseId' as "caseId"
  from named n left join accounts a on a.account_id = n.account_id
 order by n.priority, n.outbox_id`;

/** One subscriber that is away is one alarm, however many events wait for it. */
const SUBSCRIBERS = `
select payload ->> 'to' as "to", count(*)::int as waiting, min(recorded_at) as since
  from outbox where done_at is null and kind = 'webhook' and payload ->> 'to' is not null
   and recorded_at < clock_timestamp() - $1::float8 * interval '1 second'
 group by 1 limit ${LIMIT}`;

interface Entry {
  key: string;
  kind: string;
  attempts: number;
  since: string;
  accountId: string | null;
  centreId: string | null;
  caseId: string | null;
}

/** What was stored to be told and has not arrived; a crew that does not acknowledge is one kind of it. */
export async function findUndelivered(tx: Tx, limits: WatchLimits): Promise<Finding[]> {
  const entries = await tx.rows<Entry>(ENTRIES, [
    limits.urgentOutboxSeconds,
    limits.caseOutboxSeconds,
    limits.otherOutboxSeconds,
  ]);
  const away = await tx.rows<{ to: string; waiting: number; since: string }>(SUBSCRIBERS, [
    limits.otherOutboxSeconds,
  ]);
  return [
    ...entries.map(({ key, kind, attempts, since, ...of }) => ({
      kind: kind === 'stand-down' ? 'stand-down-unacknowledged' : 'outbox-undelivered',
      subjectId: key,
      ...of,
      detail: { what: kind, attempts, since },
    })),
    ...away.map(({ to, ...detail }) => ({
      kind: 'subscriber-away',
      subjectId: to,
      centreId: null,
      accountId: null,
      caseId: null,
      detail,
    })),
  ];
}
