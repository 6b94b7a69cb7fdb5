import type { Tx } from '../database.ts';

/** A ticket of a crew's day; sealed columns as stored. */
export interface CrewRow {
  ticketId: string;
  kind: 'stop' | 'restore';
  status: string;
  stage: string | null;
  caseId: string | null;
  stopId: string | null;
  plannedFrom: string;
  plannedTo: string;
  recallReason: string | null;
  nowAt: string;
  accountNo: string;
  meterNo: string;
  nameEnc: Buffer;
  phoneEnc: Buffer | null;
  addressEnc: Buffer;
  formEnc: Buffer;
  permit: { permitId: string; expiresAt: string } | null;
  /** The last permit for this ticket was given to another crew. */
  isWithAnotherCrew: boolean;
  /** Stand-downs first, then restorations, then stops. */
  rank: number;
  restoration: {
    causeAt: string;
    promiseAt: string;
    deadlineAt: string;
    safetyConfirmedAt: string | null;
    safetyDangerAt: string | null;
  } | null;
}

/**
 * The tickets of today in the scope: stops planned until tonight, every restoration, and every stand-down of the last day, so
 * that a crew which was out of reach still hears of it. Stand-downs come first, then whoever is in the dark, then the stops.
 */
export function listCrewRound(
  tx: Tx,
  query: { crewId: string; after: string[] | undefined; limit: number },
): Promise<CrewRow[]> {
  return tx.rows<CrewRow>(
    `with today as (
       select * from tickets where status in ('raised', 'dispatched', 'recalled')
       union all
       select * from tickets where status = 'recall-acknowledged' and recorded_at > now() - interval '7 days'
     ), page as materialized (
       select t.ticket_id, t.rank, t.planned_to, clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms' as now_at
         from (select *, case when status in ('recalled', 'recall-acknowledged') then 0
                              when kind = 'restore' then 1 else 2 end as rank from today) t
         left join case_clocks k using (account_id)
        where ($2::integer is null or (t.rank, t.planned_to, t.ticket_id) > ($2, $3::timestamptz, $4))
          and case t.status
                when 'recalled' then true
                when 'recall-acknowledged' then
                  t.recalled_at > clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms' - interval '1 day'
                else t.kind = 'restore' or (t.planned_from at time zone 'Asia/Shanghai')::date
                  <= ((clock_timestamp() + coalesce(k.offset_ms, 0) * interval '1 ms') at time zone 'Asia/Shanghai')::date
              end
        order by t.rank, t.planned_to, t.ticket_id limit $5
     )
     select t.ticket_id as "ticketId", t.kind, t.status, c.stage, t.case_id as "caseId", t.stop_id as "stopId",
            t.planned_from as "plannedFrom", t.planned_to as "plannedTo", t.recall_reason as "recallReason",
            g.now_at as "nowAt", a.account_no as "accountNo", t.meter_no as "meterNo", a.name_enc as "nameEnc",
            a.phone_enc as "phoneEnc", a.address_enc as "addressEnc", t.form_enc as "formEnc",
            (select jsonb_build_object('permitId', p.permit_id, 'expiresAt', p.expires_at) from permits p
              where p.ticket_id = t.ticket_id and p.status = 'granted' and p.crew_id = $1 and p.expires_at > g.now_at
              limit 1) as permit,
            g.rank, t.status = 'recalled' and coalesce((select p.crew_id <> $1 from permits p where p.ticket_id = t.ticket_id
              order by p.occurred_at desc, p.recorded_at desc limit 1), false) as "isWithAnotherCrew",
            case when r.stop_id is not null then jsonb_build_object(
              'causeAt', r.cause_at, 'promiseAt', r.promise_at, 'deadlineAt', r.deadline_at,
              'safetyConfirmedAt', r.safety_confirmed_at, 'safetyDangerAt', r.safety_danger_at) end as restoration
       from page g join tickets t using (ticket_id) join accounts a using (account_id)
       left join cases c on c.case_id = t.case_id and c.status = 'open'
       left join restorations r on r.stop_id = t.stop_id and t.kind = 'restore'
      order by g.rank, g.planned_to, g.ticket_id`,
    [query.crewId, ...[0, 1, 2].map((key) => query.after?.[key] ?? null), query.limit],
  );
}
