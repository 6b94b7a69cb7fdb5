import { createHash } from 'node:crypto';
import { text, type Books, type Fault } from './books.ts';

/** A notice counted as served without proof. */
async function served(books: Books): Promise<Fault[]> {
  const bad = await books.db(
    `select n.notice_id from notices n join accounts a using (account_id)
      where n.served_at is not null and not exists (
        select from services s where s.notice_id = n.notice_id and s.counts
           and s.occurred_at = n.served_at
           and case s.method
             when 'electronic' then exists (select from messages m where m.notice_id = n.notice_id and m.delivered_at is not null)
               and exists (select from agreed_addresses g where g.account_id = n.account_id)
             when 'letter' then true
             else cardinality(s.proof_sha256) > 0 and s.meter_no = a.meter_no end)`,
  );
  const early = await books.db(
    `select n.notice_id from notices n join approvals p on p.case_id = n.case_id and p.attempt = n.attempt
      where n.kind = 'red' and (p.decided_at is null or p.decided_at > n.occurred_at)
        and not exists (select from approval_decisions d where d.approval_id = p.approval_id and d.occurred_at <= n.occurred_at)`,
  );
  const unplanned = await books.db(
    `select n.notice_id from notices n join stop_plans p on p.case_id = n.case_id and p.attempt = n.attempt
      where n.kind = 'red' and n.served_on is not null and not exists (
        select from jsonb_array_elements(p.candidates) c where (c ->> 'serviceDate')::date = n.served_on)`,
  );
  return [
    ...bad.map((row) => `${text(row, 'notice_id')}: served without proof`),
    ...early.map((row) => `${text(row, 'notice_id')}: written before it was approved`),
    ...unplanned.map((row) => `${text(row, 'notice_id')}: served on a day nobody planned`),
  ];
}

/** An approval by the applicant, wherever it led. */
async function signed(books: Books): Promise<Fault[]> {
  const own = await books.db(
    `select a.approval_id from approvals a join approval_decisions d using (approval_id) where d.approver_id = a.applicant_id`,
  );
  return own.map((row) => `${text(row, 'approval_id')}: signed by the applicant`);
}

/** A personal debtor's name or phone in what leaves the house for others, or in what everybody may read. */
async function published(books: Books): Promise<Fault[]> {
  const customers = await books.sim(`select account_no, facts ->> 'phone' as phone from account`);
  const phones = customers
    .map((row) => text(row, 'phone').replace('+86', ''))
    .filter((phone) => phone.length >= 8);
  const said = await books.db(
    `select 'outbox' as place, payload::text as said from outbox
      union all select 'audit', body::text from audit
      union all select 'escalations', text from escalations
      union all select 'decisions', facts::text from decisions`,
  );
  const faults: Fault[] = [];
  const everything = said.map((row) => text(row, 'said')).join('\n');
  if (everything.includes('张三')) faults.push('a name stands in what is published, logged or decided');
  for (const phone of phones)
    if (everything.includes(phone)) faults.push(`${phone}: a phone number is published`);
  return faults;
}

/** A fact edited or erased: the chain of each case is computed anew. */
async function unchanged(books: Books): Promise<Fault[]> {
  const lines = await books.db(
    `select company_id, chain_id, n, actor, action, body::text as body, encode(prev_hash, 'hex') as prev, encode(hash, 'hex') as hash,
            to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as occurred,
            to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as recorded
       from audit order by chain_id, n`,
  );
  const faults: Fault[] = [];
  let before = { chain: '', n: 0, hash: '' };
  for (const line of lines) {
    const chain = text(line, 'chain_id');
    const n = Number(line['n']);
    const last = before.chain === chain ? before : { chain, n: 0, hash: '' };
    const words = [
      ...[
        text(line, 'prev'),
        text(line, 'company_id'),
        chain,
        String(n),
        text(line, 'actor'),
        text(line, 'action'),
      ],
      ...[text(line, 'body'), text(line, 'occurred'), text(line, 'recorded')],
    ];
    const hash = createHash('sha256').update(words.join('\u001f')).digest('hex');
    if (n !== last.n + 1 || text(line, 'prev') !== last.hash)
      faults.push(`${chain}/${n}: a line is missing before it`);
    if (hash !== text(line, 'hash')) faults.push(`${chain}/${n}: it was changed`);
    before = { chain, n, hash: text(line, 'hash') };
  }
  const heads = await books.db(
    `select h.chain_id from audit_heads h where h.n <> (select count(*) from audit a where a.chain_id = h.chain_id)`,
  );
  return [...faults, ...heads.map((row) => `${text(row, 'chain_id')}: the end of its chain is cut off`)];
}

export async function checkPapers(books: Books): Promise<Fault[]> {
  return [
    ...(await served(books)),
    ...(await signed(books)),
    ...(await published(books)),
    ...(await unchanged(books)),
  ];
}
