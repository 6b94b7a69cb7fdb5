import type { Db, Scope, Tx } from '../db/database.ts';
import type { Vault } from '../db/keys/vault.ts';
import type { Systems } from '../systems/systems.ts';

/** What the acts need: handed in by the assembly, real and test side by side in `worker/assemble.ts`. */
export interface ActivityDeps {
  readonly db: Db;
  readonly vault: Vault;
  readonly systems: Systems;
  /** What the outside world calls us, without a trailing slash. */
  readonly publicUrl: string;
}

/** The worker sees the whole company. */
export const companyScope = (at: { companyId: string }): Scope => ({
  companyId: at.companyId,
  centreIds: '*',
});

/** One transaction of an act on our own database. */
export function act<T>(
  deps: ActivityDeps,
  at: { companyId: string },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return deps.db.tx(companyScope(at), work);
}

export const iso = (epochMs: number): string => new Date(epochMs).toISOString();
