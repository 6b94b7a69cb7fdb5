import type { Tx } from '../database.ts';

/** A notice as sealed; what is printed is what was decided. */
export interface NoticeRow {
  noticeId: string;
  accountId: string;
  kind: 'first-dunning' | 'yellow' | 'red';
  attempt: number;
  status: string;
  textEnc: Buffer;
}

const NOTICE = `notice_id as "noticeId", account_id as "accountId", kind, attempt, status, text_enc as "textEnc"`;

export const readNoticeToPrint = (tx: Tx, noticeId: string): Promise<NoticeRow | undefined> =>
  tx.row<NoticeRow>(`select ${NOTICE} from notices where notice_id = $1`, [noticeId]);

/** Services of a notice, oldest first. */
export const readServicesToPrint = (tx: Tx, noticeId: string) =>
  tx.rows<{
    method: 'signature' | 'photo' | 'refusal' | 'electronic' | 'letter' | 'not-served';
    occurredAt: string;
    recordedBy: string;
    meterNo: string | null;
    counts: boolean;
    proofs: string[];
    detailEnc: Buffer;
  }>(
    `select method, occurred_at as "occurredAt", recorded_by as "recordedBy", meter_no as "meterNo", counts,
            proof_sha256 as proofs, detail_enc as "detailEnc"
       from services where notice_id = $1 order by occurred_at, service_id`,
    [noticeId],
  );

/** A ticket with what was recorded on it since it was raised. */
export const readTicketToPrint = (tx: Tx, ticketId: string) =>
  tx.row<{
    kind: 'stop' | 'restore';
    ticketId: string;
    formEnc: Buffer;
    raisedAt: string;
    crewId: string | null;
    notDoneReason: string | null;
    recalledAt: string | null;
    recallReason: string | null;
    permitId: string | null;
    grantedAt: string | null;
    expiresAt: string | null;
    executedAt: string | null;
    executedMeterNo: string | null;
    executionProof: { readingKwh?: number | null; proofs?: string[] } | null;
    restoredAt: string | null;
    restoredProof: { kind?: string } | null;
  }>(
    `select t.kind, t.ticket_id as "ticketId", t.form_enc as "formEnc", t.occurred_at as "raisedAt", t.crew_id as "crewId",
            t.not_done_reason as "notDoneReason", t.recalled_at as "recalledAt", t.recall_reason as "recallReason",
            p.permit_id as "permitId", p.occurred_at as "grantedAt", p.expires_at as "expiresAt",
            s.occurred_at as "executedAt", s.meter_no as "executedMeterNo", s.proof as "executionProof",
            r.restored_at as "restoredAt", r.proof as "restoredProof"
       from tickets t
       left join lateral (select * from permits where ticket_id = t.ticket_id order by recorded_at desc limit 1) p on true
       left join stops s on s.ticket_id = t.ticket_id
       left join restorations r on t.kind = 'restore' and r.stop_id = t.stop_id
      where t.ticket_id = $1`,
    [ticketId],
  );

/** A late restoration with whose it is; undefined where nothing was missed. */
export const readMissToPrint = (tx: Tx, stopId: string) =>
  tx.row<{
    companyName: string;
    centreName: string;
    nameEnc: Buffer;
    addressEnc: Buffer;
    accountNo: string;
    meterNo: string;
    stoppedAt: string;
    causeAt: string;
    deadlineAt: string;
    explanationDueAt: string | null;
    reason: string | null;
    toldEnc: Buffer | null;
    customerToldAt: string | null;
    leaderToldAt: string | null;
    restoredAt: string | null;
  }>(
    `select coalesce(co.name, r.company_id) as "companyName", coalesce(ce.name, r.centre_id) as "centreName",
            a.name_enc as "nameEnc", a.address_enc as "addressEnc", a.account_no as "accountNo", s.meter_no as "meterNo",
            s.occurred_at as "stoppedAt", r.cause_at as "causeAt", r.deadline_at as "deadlineAt",
            r.explanation_due_at as "explanationDueAt", r.miss_reason as reason, m.text_enc as "toldEnc",
            r.customer_told_at as "customerToldAt", r.leader_told_at as "leaderToldAt", r.restored_at as "restoredAt"
       from restorations r join stops s using (stop_id) join accounts a on a.account_id = r.account_id
       left join companies co on co.company_id = r.company_id left join centres ce on ce.centre_id = r.centre_id
       left join messages m on m.message_key = r.stop_id || '/miss-explained'
      where r.stop_id = $1 and r.missed`,
    [stopId],
  );

/** A letter of credit with the message that carries it, and whose it is. */
export const readCreditLetterToPrint = (tx: Tx, letterId: string) =>
  tx.row<{
    letterId: string;
    status: string;
    companyName: string;
    accountNo: string;
    nameEnc: Buffer;
    addressEnc: Buffer;
    textEnc: Buffer;
    preparedAt: string;
    servedAt: string | null;
    servedBy: string | null;
  }>(
    `select l.letter_id as "letterId", l.status, coalesce(co.name, l.company_id) as "companyName", a.account_no as "accountNo",
            a.name_enc as "nameEnc", a.address_enc as "addressEnc", m.text_enc as "textEnc", l.occurred_at as "preparedAt",
            l.served_at as "servedAt", l.served_by as "servedBy"
       from credit_letters l join messages m using (message_id) join accounts a on a.account_id = l.account_id
       left join companies co on co.company_id = l.company_id
      where l.letter_id = $1`,
    [letterId],
  );

/** A customer who was drawn in a year, with the draw that anybody can run again; undefined where they were not. */
export const readDrawnToPrint = (tx: Tx, of: { accountNo: string; year: number }) =>
  tx.row<{
    companyName: string;
    nameEnc: Buffer;
    accountNo: string;
    year: number;
    class: 'dedicated-transformer' | 'commercial' | 'residential';
    rank: number;
    population: number;
    winners: number;
    seedSource: string;
    seed: string;
    method: string;
    announcedAt: string;
    drawnAt: string;
  }>(
    `select coalesce(co.name, d.company_id) as "companyName", a.name_enc as "nameEnc", a.account_no as "accountNo", d.year, e.class,
            e.rank, (d.classes -> e.class ->> 'population')::integer as population,
            (d.classes -> e.class ->> 'winners')::integer as winners, d.seed_source as "seedSource", d.seed, d.method,
            d.announced_at as "announcedAt", d.drawn_at as "drawnAt"
       from credit_draws d join credit_draw_entries e using (draw_id) join accounts a using (account_id)
       left join companies co on co.company_id = d.company_id
      where a.account_no = $1 and d.year = $2 and e.won and d.drawn_at is not null`,
    [of.accountNo, of.year],
  );

export const readCompanyName = async (tx: Tx, companyId: string): Promise<string> =>
  (await tx.row<{ name: string }>('select name from companies where company_id = $1', [companyId]))?.name ??
  companyId;
