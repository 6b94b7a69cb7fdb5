import type { Tx } from '../database.ts';
import { sha256Hex } from '../evidence/format.ts';
import { LINE_HASH } from '../reads/audit-chain.ts';
import { anchorFaults, parseLeaves, type Anchor, type AnchorLeaf } from './anchor-format.ts';
import { treeAt } from './make-anchor.ts';

/** An anchor as it was found outside, with the list of chains where that lay beside it. */
export interface FoundAnchor {
  readonly from: string;
  readonly anchor: Anchor;
  readonly leaves?: string | undefined;
}

const NAMED_AT_MOST = 20;

const CHANGED = `
select l.chain_id as "chainId", l.n from unnest($1::text[], $2::int[], $3::text[]) as l(chain_id, n, hash)
 where not exists (select from audit a where a.chain_id = l.chain_id and a.n = l.n and encode(a.hash, 'hex') = l.hash)
 order by 1 limit ${NAMED_AT_MOST}`;

const BROKEN = `
select chain_id as "chainId", min(n) as n from (
  select chain_id, n, hash = ${LINE_HASH}
         and prev_hash = coalesce(lag(hash) over (partition by chain_id order by n), '\\x'::bytea)
         and n = row_number() over (partition by chain_id order by n) as fits
    from audit where company_id = $1) lines
 where not fits group by chain_id order by 1 limit ${NAMED_AT_MOST}`;

async function changedChains(tx: Tx, leaves: readonly AnchorLeaf[]): Promise<string[]> {
  const rows = await tx.rows<{ chainId: string; n: number }>(CHANGED, [
    leaves.map(({ chainId }) => chainId),
    leaves.map(({ n }) => n),
    leaves.map(({ hash }) => hash),
  ]);
  return rows.map(({ chainId, n }) => `chain ${chainId}: line ${n} is not what it was, or gone`);
}

async function faultsOf(tx: Tx, found: FoundAnchor, publicKey: string | undefined): Promise<string[]> {
  const { anchor, leaves } = found;
  const { companyId, cutAt } = anchor;
  const own = anchorFaults(anchor, publicKey);
  const now = await treeAt(tx, { companyId, cutAt, sinceAt: 'infinity' });
  const isAsItWas = now.tree === anchor.tree;
  const hasLeaves = leaves !== undefined && sha256Hex(leaves) === anchor.leaves;
  return [
    ...own,
    ...(leaves === undefined || hasLeaves ? [] : ['the list of chains beside it is not what it was']),
    ...(isAsItWas
      ? []
      : [
          `the history before ${cutAt} was rewritten: ${anchor.chains} chains and ${anchor.lines} lines then, ${now.chains} and ${now.lines} now`,
        ]),
    ...(isAsItWas || !hasLeaves ? [] : await changedChains(tx, parseLeaves(leaves))),
  ];
}

function linkFaults(sorted: readonly FoundAnchor[]): string[] {
  return sorted.slice(1).flatMap(({ from, anchor }, at) => {
    const before = sorted[at]?.anchor;
    return anchor.previousRoot === before?.root
      ? []
      : [`${from}: the anchor before it is missing or another one`];
  });
}

/**
 * Compares the audit chains with the roots that lie outside: whoever rewrote a line, and every hash after it, did so in vain. Each
 * root is made anew from the lines recorded before its cut, every line's own hash too.
 * @returns everything that does not fit, in words; none = every chain is what it was
 */
export async function verifyAnchors(
  tx: Tx,
  companyId: string,
  found: readonly FoundAnchor[],
  publicKey?: string,
): Promise<string[]> {
  const ours = found.filter(({ anchor }) => anchor.companyId === companyId);
  const sorted = ours.toSorted((a, b) => (a.anchor.cutAt < b.anchor.cutAt ? -1 : 1));
  const broken = await tx.rows<{ chainId: string; n: number }>(BROKEN, [companyId]);
  const faults = broken.map(({ chainId, n }) => `chain ${chainId}: line ${n} was changed without its hash`);
  if (sorted.length === 0) faults.push(`there is no anchor of ${companyId}`);
  for (const one of sorted)
    faults.push(...(await faultsOf(tx, one, publicKey)).map((fault) => `${one.from}: ${fault}`));
  faults.push(...linkFaults(sorted));
  const [first, last] = [sorted[0]?.anchor.cutAt, sorted.at(-1)?.anchor.cutAt];
  const kept = await tx.rows<{ root: string; cutAt: string }>(
    `select root, cut_at as "cutAt" from anchors where company_id = $1 and cut_at between $2 and $3`,
    [companyId, first ?? 'infinity', last ?? '-infinity'],
  );
  const roots = new Set(sorted.map(({ anchor }) => anchor.root));
  faults.push(
    ...kept
      .filter(({ root }) => !roots.has(root))
      .map(({ cutAt }) => `the database has an anchor of ${cutAt} that was not found outside`),
  );
  return faults;
}
