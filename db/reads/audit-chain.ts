import type { Tx } from '../database.ts';

export interface AuditItem {
  n: number;
  actor: string;
  action: string;
  body: Record<string, unknown>;
  occurredAt: string;
  recordedAt: string;
  prevHash: string;
  hash: string;
}

/** A page of one append-only chain in its order. */
export function readAuditChain(
  tx: Tx,
  query: { chainId: string; after: number; limit: number },
): Promise<AuditItem[]> {
  return tx.rows<AuditItem>(
    `select n, actor, action, body, occurred_at as "occurredAt", recorded_at as "recordedAt",
            encode(prev_hash, 'hex') as "prevHash", encode(hash, 'hex') as hash
       from audit where chain_id = $1 and n > $2 order by n limit $3`,
    [query.chainId, query.after, query.limit],
  );
}

/** What a look at every link of a chain finds; `brokenAt`: the first line that is missing or was changed. */
export interface ChainVerdict {
  lines: number;
  intact: boolean;
  brokenAt: number | null;
}

/** The hash of a line as the trigger of 0004_desk.sql makes it. */
export const LINE_HASH = `sha256(convert_to(concat_ws(E'\\x1f', encode(prev_hash, 'hex'), company_id, chain_id, n::text, actor, action,
    body::text, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')), 'UTF8'))`;

const VERIFY = `
with lines as (
  select n, hash, hash = ${LINE_HASH} and prev_hash = coalesce(lag(hash) over (order by n), '\\x'::bytea)
                  and n = row_number() over (order by n) as fits
    from audit where chain_id = $1)
select (select count(*) from lines)::int as lines, (select min(n) from lines where not fits)::int as broken,
       h.n as head_n, h.hash = (select l.hash from lines l where l.n = h.n) as head_fits
  from (select 1) one left join audit_heads h on h.chain_id = $1`;

/** Computes every hash anew and compares it, with its place, with the line before and with the head of the chain. */
export async function verifyAuditChain(tx: Tx, chainId: string): Promise<ChainVerdict> {
  const found = await tx.row<{
    lines: number;
    broken: number | null;
    head_n: number | null;
    head_fits: boolean | null;
  }>(VERIFY, [chainId]);
  const { lines = 0, broken = null, head_n: head = null, head_fits: headFits = null } = found ?? {};
  const isHeadRight = lines === 0 ? head === null : head === lines && headFits === true;
  const brokenAt = broken ?? (isHeadRight ? null : Math.min(lines, head ?? lines) + 1);
  return { lines, intact: brokenAt === null, brokenAt };
}
