import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { readJson, writeJson } from './state.ts';

/** Made at the first start and kept: without the keys, the names in the database cannot be read again. */
export interface StackSecrets {
  /** As DATA_KEYS of settings/settings.ts. */
  readonly dataKeys: string;
  /** As HASH_KEY. */
  readonly hashKey: string;
  /** The file that holds them, where the environment gives none: read again whenever it changes. */
  readonly keysFile?: string;
  /** Passwords of the database's roles. */
  readonly app: string;
  readonly owner: string;
}

const make = (): StackSecrets => ({
  dataKeys: `k1:${randomBytes(32).toString('base64')}`,
  hashKey: randomBytes(32).toString('base64'),
  app: randomBytes(18).toString('base64url'),
  owner: randomBytes(18).toString('base64url'),
});

/** The secrets of a data folder; DATA_KEYS and HASH_KEY of the environment win over the generated ones. */
export function secretsOf(dataDir: string, env: Record<string, string | undefined>): StackSecrets {
  const file = path.join(dataDir, 'secrets.json');
  const kept = readJson<StackSecrets>(file) ?? make();
  writeJson(file, kept);
  const isGiven = env['DATA_KEYS'] !== undefined || env['HASH_KEY'] !== undefined;
  return {
    ...kept,
    ...(!isGiven && { keysFile: file }),
    dataKeys: env['DATA_KEYS'] ?? kept.dataKeys,
    hashKey: env['HASH_KEY'] ?? kept.hashKey,
  };
}
