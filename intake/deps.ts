import type { Db, Scope } from '../db/database.ts';
import type { Vault } from '../db/keys/vault.ts';

/** What every intake function needs: the database, the vault, and whose rows may be seen. */
export interface Intake {
  readonly db: Db;
  readonly vault: Vault;
  readonly scope: Scope;
}

/** The caller's mistake, told in a stable code; the API answers it as a problem with this status. */
export class IntakeRefused extends Error {
  override readonly name = 'IntakeRefused';
  readonly code: string;
  readonly status: 404 | 409 | 422;
  readonly params: Record<string, string | number>;
  constructor(code: string, status: 404 | 409 | 422, params: Record<string, string | number> = {}) {
    super(code);
    this.code = code;
    this.status = status;
    this.params = params;
  }
}
