import type { Tx } from '../database.ts';
import type { Vault } from '../keys/vault.ts';
import { proofsNamed, type EvidenceRow } from './format.ts';

/** Which stop, and whose case it came from. */
export interface StopHead {
  stopId: string;
  caseId: string | null;
  accountId: string;
  companyId: string;
}

/** The books that a stop stands in; $1 stop, $2 case, $3 account. Ordered, so that the same facts are the same file. */
const PARTS: Readonly<Record<string, string>> = {
  account: `select * from accounts where account_id = $3`,
  bills: `select * from bills where account_id = $3 order by due_on, bill_id`,
  case: `select * from cases where case_id = $2`,
  steps: `select * from case_steps where case_id = $2 order by recorded_at, step, attempt`,
  plans: `select * from stop_plans where case_id = $2 order by attempt`,
  notices: `select * from notices where case_id = $2 order by occurred_at, notice_id`,
  services: `select s.* from services s join notices n using (notice_id) where n.case_id = $2 order by s.occurred_at, s.service_id`,
  messages: `select * from messages where case_id = $2 or message_key like $1 || '/%' order by occurred_at, message_id`,
  approvals: `select * from approvals where case_id = $2 order by attempt`,
  signatures: `select d.* from approval_decisions d join approvals a using (approval_id) where a.case_id = $2 order by d.occurred_at`,
  observations: `select * from observations where case_id = $2 order by recorded_at`,
  decisions: `select * from decisions where case_id = $2 order by recorded_at, decision_key`,
  tickets: `select * from tickets where case_id = $2 or stop_id = $1 order by ticket_id`,
  permits: `select * from permits where case_id = $2 order by recorded_at`,
  stop: `select * from stops where stop_id = $1`,
  payments: `select p.* from payments p where p.account_id = $3 order by p.recorded_at, p.payment_id, p.status`,
  holds: `select * from holds where account_id = $3 order by recorded_at, hold_id`,
  papers: `select * from papers where case_id = $2 order by paper_key`,
  triggers: `select * from restoration_triggers where stop_id = $1 order by recorded_at`,
  restoration: `select * from restorations where stop_id = $1`,
  incident: `select * from incidents where stop_id = $1`,
  audit: `select company_id, chain_id, n, actor, action, body::text as body_text,
                 to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as occurred_text,
                 to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as recorded_text,
                 encode(prev_hash, 'hex') as prev_hash, encode(hash, 'hex') as hash
            from audit where chain_id = $2 order by n`,
};

const SEALED = /_enc$/;

function openValue(vault: Vault, hex: string): unknown {
  const text = vault.open(Buffer.from(hex.slice(2), 'hex'));
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Sealed columns opened under their plain name; search hashes left out. */
function opened(vault: Vault, row: EvidenceRow): EvidenceRow {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !name.endsWith('_hash') || name === 'prev_hash')
      .map(([name, value]) =>
        SEALED.test(name) && typeof value === 'string'
          ? [name.replace(SEALED, ''), openValue(vault, value)]
          : [name, value],
      ),
  );
}

/** Reads the head of a stop; undefined where there is none in sight. */
export function readStopHead(tx: Tx, stopId: string): Promise<StopHead | undefined> {
  return tx.row<StopHead>(
    `select stop_id as "stopId", case_id as "caseId", account_id as "accountId", company_id as "companyId"
       from stops where stop_id = $1`,
    [stopId],
  );
}

/** All rows that prove one stop, part by part. */
export async function collectEvidence(
  tx: Tx,
  vault: Vault,
  stop: StopHead,
): Promise<Record<string, EvidenceRow[]>> {
  const parts: Record<string, EvidenceRow[]> = {};
  for (const [name, sql] of Object.entries(PARTS)) {
    const rows = await tx.rows<{ row: EvidenceRow }>(
      `with wanted as (select $1::text as stop_id, $2::text as case_id, $3::text as account_id)
       select to_jsonb(found) as row from wanted, lateral (${sql}) found`,
      [stop.stopId, stop.caseId, stop.accountId],
    );
    parts[name] = rows.map(({ row }) => opened(vault, row));
  }
  return parts;
}

/** The hashes of every proof that the rows name, each once. */
export const proofsOf = (parts: Record<string, EvidenceRow[]>): string[] => [
  ...new Set(Object.values(parts).flat().flatMap(proofsNamed)),
];
