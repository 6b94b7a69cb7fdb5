import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Db } from '../db/database.ts';
import type { Vault } from '../db/keys/vault.ts';
import type { Settings } from '../settings/settings.ts';
import type { Systems } from '../systems/systems.ts';

/** What the API needs; the assembly hands it in. */
export interface ApiDeps {
  readonly settings: Settings;
  readonly db: Db;
  readonly vault: Vault;
  readonly systems: Systems;
  readonly temporal: Client;
  readonly log: Logger;
}
