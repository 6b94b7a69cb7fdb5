import type { KeyObject } from 'node:crypto';
import { canonical, sha256Hex } from '../evidence/format.ts';
import { isSealed, sealRoot } from '../evidence/seal.ts';

export const ANCHOR_FORMAT = 'fudian-anchor/1';

/** One chain as it stood at the cut: its last line and that line's hash. */
export interface AnchorLeaf {
  readonly chainId: string;
  readonly n: number;
  readonly hash: string;
}

/** The signed root over every audit chain of a company. */
export interface Anchor {
  readonly format: typeof ANCHOR_FORMAT;
  readonly companyId: string;
  /** Every line recorded before this moment (database time, ISO) is in it. */
  readonly cutAt: string;
  readonly chains: number;
  readonly lines: number;
  /** Root of the hash tree over all chains, in the order of their ids' bytes. */
  readonly tree: string;
  /** SHA-256 of the list of chains that grew since the anchor before. */
  readonly leaves: string;
  readonly previousRoot: string | null;
  /** Over everything above. */
  readonly root: string;
  readonly seal: { readonly publicKey: string; readonly signature: string };
}

export const leafText = ({ chainId, n, hash }: AnchorLeaf): string => `${chainId}\u001f${n}\u001f${hash}`;
export const leavesText = (leaves: readonly AnchorLeaf[]): string =>
  leaves.map((leaf) => `${JSON.stringify([leaf.chainId, leaf.n, leaf.hash])}\n`).join('');

/** @throws SyntaxError for what is no list of chains */
export const parseLeaves = (text: string): AnchorLeaf[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [chainId, n, hash] = JSON.parse(line) as [string, number, string];
      return { chainId, n, hash };
    });

function rootOf(anchor: Omit<Anchor, 'root' | 'seal'>): string {
  const { format, companyId, cutAt, chains, lines, tree, leaves, previousRoot } = anchor;
  return sha256Hex(canonical({ format, companyId, cutAt, chains, lines, tree, leaves, previousRoot }));
}

export function sealAnchor(head: Omit<Anchor, 'format' | 'root' | 'seal'>, key: KeyObject): Anchor {
  const unsealed = { format: ANCHOR_FORMAT as typeof ANCHOR_FORMAT, ...head };
  const root = rootOf(unsealed);
  return { ...unsealed, root, seal: sealRoot(key, root) };
}

/** Fits a file name. */
export const anchorName = ({ companyId, cutAt }: Pick<Anchor, 'companyId' | 'cutAt'>): string =>
  `anchor-${companyId.replace(/[^\w-]+/g, '-')}-${cutAt.replace(/[:.]/g, '-')}`;

/** The anchor in a file, or in a mail that was saved as it came; undefined where there is none. */
export function parseAnchor(text: string): Anchor | undefined {
  const plain = text.replace(/=\r?\n/g, '').replaceAll('=3D', '=');
  for (const form of [text, plain])
    try {
      const found: unknown = JSON.parse(form.slice(form.indexOf('{'), form.lastIndexOf('}') + 1));
      if (typeof found === 'object' && found !== null && Reflect.get(found, 'format') === ANCHOR_FORMAT)
        return found as Anchor;
    } catch {
      // Not in this form.
    }
  return undefined;
}

/** What is wrong with an anchor taken by itself. */
export function anchorFaults(anchor: Anchor, publicKey?: string): string[] {
  return [
    ...(rootOf(anchor) === anchor.root ? [] : ['its root does not belong to it']),
    ...(isSealed(anchor.root, anchor.seal) ? [] : ['its seal does not belong to it']),
    ...(publicKey === undefined || publicKey === anchor.seal.publicKey ? [] : ['sealed with another key']),
  ];
}
