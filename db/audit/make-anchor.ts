import type { KeyObject } from 'node:crypto';
import type { Tx } from '../database.ts';
import { canonical, sha256Hex } from '../evidence/format.ts';
import { leafText, leavesText, sealAnchor, type Anchor, type AnchorLeaf } from './anchor-format.ts';
import { MerkleRoot } from './merkle.ts';

const PAGE = 5_000;

const LEAVES = `
declare leaves no scroll cursor for
select distinct on (chain_id collate "C") chain_id as "chainId", n, encode(hash, 'hex') as hash,
       recorded_at >= $3 as "isNew"
  from audit where company_id = $1 and recorded_at < $2
 order by chain_id collate "C", n desc`;

/** Every chain as it stood at the cut, as a tree; and those that have grown since `sinceAt`. */
export async function treeAt(
  tx: Tx,
  of: { companyId: string; cutAt: string; sinceAt: string },
): Promise<{ tree: string; chains: number; lines: number; grown: AnchorLeaf[] }> {
  await tx.run(LEAVES, [of.companyId, of.cutAt, of.sinceAt]);
  const tree = new MerkleRoot();
  const grown: AnchorLeaf[] = [];
  let [chains, lines] = [0, 0];
  for (;;) {
    const page = await tx.rows<AnchorLeaf & { isNew: boolean }>(`fetch ${PAGE} from leaves`);
    for (const { chainId, n, hash, isNew } of page) {
      tree.add(leafText({ chainId, n, hash }));
      if (isNew) grown.push({ chainId, n, hash });
      chains += 1;
      lines += n;
    }
    if (page.length < PAGE) break;
  }
  await tx.run('close leaves');
  return { tree: tree.root(), chains, lines, grown };
}

/** The last midnight in Shanghai, by the database's clock, ISO. */
export async function lastMidnight(tx: Tx): Promise<string> {
  const row = await tx.row<{ cut: string }>(
    `select date_trunc('day', clock_timestamp(), 'Asia/Shanghai') as cut`,
  );
  return row?.cut ?? '';
}

const OPEN_SINCE = `
select count(*)::int as n from pg_stat_activity
 where datname = current_database() and pid <> pg_backend_pid() and usename = current_user and xact_start < $1`;

const STORED = `
select cut_at as "cutAt", root, document from anchors where company_id = $1 and cut_at <= $2 order by cut_at desc limit 1`;

/**
 * The anchor of a cut: read where it is made already, else made and kept. @throws Error while somebody still writes lines that may
 * fall before the cut, or where a later one is made already
 */
export async function makeAnchor(
  tx: Tx,
  of: { companyId: string; cutAt: string; key: KeyObject },
): Promise<{ anchor: Anchor; text: string; leaves: string }> {
  const { companyId, cutAt, key } = of;
  await tx.run(`select pg_advisory_xact_lock(hashtextextended('fudian anchor ' || $1, 0))`, [companyId]);
  const last = await tx.row<{ cutAt: string; root: string; document: string }>(STORED, [companyId, cutAt]);
  const open = await tx.row<{ n: number }>(OPEN_SINCE, [cutAt]);
  if ((open?.n ?? 0) > 0) throw new Error(`${open?.n} transactions from before ${cutAt} are still open`);
  const isMade = last?.cutAt === cutAt;
  const before = isMade
    ? await tx.row<{ cutAt: string }>(
        `select cut_at as "cutAt" from anchors where company_id = $1 and cut_at < $2 order by cut_at desc limit 1`,
        [companyId, cutAt],
      )
    : last;
  const sinceAt = before?.cutAt ?? '-infinity';
  const { tree, chains, lines, grown } = await treeAt(tx, { companyId, cutAt, sinceAt });
  const leaves = leavesText(grown);
  if (last !== undefined && isMade)
    return { anchor: JSON.parse(last.document) as Anchor, text: last.document, leaves };
  const previousRoot = last?.root ?? null;
  const anchor = sealAnchor(
    { companyId, cutAt, chains, lines, tree, leaves: sha256Hex(leaves), previousRoot },
    key,
  );
  const text = canonical(anchor);
  await tx.run(
    `insert into anchors (company_id, cut_at, root, previous_root, chains, lines, document) values ($1, $2, $3, $4, $5, $6, $7)`,
    [companyId, cutAt, anchor.root, previousRoot, chains, lines, text],
  );
  return { anchor, text, leaves };
}
