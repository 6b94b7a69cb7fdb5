import { addKey, removeKey, ROTATING, type Rotating } from '../../db/keys/key-file.ts';
import { markIdKey } from '../../db/keys/mark-id-key.ts';
import { isRehashed, rehashSearch } from '../../db/keys/rehash.ts';
import { resealColumns } from '../../db/keys/reseal.ts';
import { sealedTables, sealedUnder } from '../../db/keys/sealed-tables.ts';
import { connectEngine, engineClient } from '../../engine/connect.ts';
import { payloadKeysInUse } from '../../engine/keys-in-use.ts';
import type { Register, World } from '../core/command.ts';
import { outputOf } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { withInstallation, type Installation } from '../core/installation.ts';
import { show, table } from '../core/print.ts';

interface Status {
  readonly keys: Record<Rotating, string[]>;
  /** Values of each table by the key they lie under. */
  readonly columns: Record<string, Record<string, number>>;
}

interface Renewed {
  readonly resealed: Record<string, number>;
  readonly rehashed: number;
}

async function statusOf({ db, scope, vault }: Installation): Promise<Status> {
  const ring = vault.keys.reread();
  const ids = (which: Rotating): string[] => ring[which].map(({ id }) => id);
  const columns = await db.tx(scope, async (tx) => {
    const found: Record<string, Record<string, number>> = {};
    for (const one of await sealedTables(tx)) found[one.table] = await sealedUnder(tx, one);
    return found;
  });
  return { keys: { data: ids('data'), hash: ids('hash'), payload: ids('payload') }, columns };
}

async function renew({ db, scope, vault }: Installation, world: World): Promise<Renewed> {
  await markIdKey(db, scope, vault);
  const onProgress = ({ table: name, done }: { table: string; done: number }): void =>
    world.err(`${name}: ${done}`);
  return {
    resealed: await resealColumns(db, scope, vault, { onProgress }),
    rehashed: await rehashSearch(db, scope, vault, { onProgress }),
  };
}

/** @throws CliError 3 with the number of values that would be lost */
async function requireUnused(here: Installation, which: Rotating, id: string): Promise<void> {
  const { db, scope, vault, env } = here;
  if (which === 'hash') {
    if (await isRehashed(db, scope, vault)) return;
    throw new CliError('Some accounts are still hashed under an older key: fudian keys reseal', EXIT.refused);
  }
  const lost =
    which === 'data'
      ? Object.values((await statusOf(here)).columns).reduce((sum, held) => sum + (held[id] ?? 0), 0)
      : await payloadsUnder(env, here, id);
  if (lost > 0)
    throw new CliError(
      `${lost} values still lie under ${id}; without it nobody reads them again.`,
      EXIT.refused,
    );
}

async function payloadsUnder(env: Installation['env'], { vault }: Installation, id: string): Promise<number> {
  const connection = await connectEngine(env['TEMPORAL_ADDRESS'] ?? '', vault.keys);
  try {
    const client = engineClient(connection, env['TEMPORAL_NAMESPACE'] ?? 'fudian');
    return (await payloadKeysInUse(client))[id] ?? 0;
  } finally {
    await connection.close();
  }
}

/** @throws CliError 2 where the keys do not stand in a file */
function fileOf({ env }: Installation): string {
  const file = env['KEYS_FILE'];
  if (file !== undefined && file !== '') return file;
  throw new CliError(
    'The keys stand in the environment (no KEYS_FILE): put the new key first there, restart worker and API, then `fudian keys reseal`.',
    EXIT.usage,
  );
}

const listOf = (given: string | undefined): Rotating[] => {
  if (given === undefined) return [...ROTATING];
  const known = ROTATING.find((one) => one === given);
  if (known === undefined) throw new CliError(`"${given}" is none of ${ROTATING.join(', ')}.`, EXIT.usage);
  return [known];
};

const renewedText = ({ resealed, rehashed }: Renewed): string =>
  [
    ...Object.entries(resealed).map(([name, rows]) => `${name}: ${rows} rows sealed anew`),
    `search: ${rehashed} accounts hashed anew`,
  ].join('\n');

/** `fudian keys`: which keys are in use, new ones while everybody works on, and old ones taken away. */
export const registerKeys: Register = (program, world) => {
  const keys = program
    .command('keys')
    .description('keys of columns, search and engine, changed while everything runs');
  keys
    .command('status')
    .description('which keys there are, and how many values lie under each')
    .action(async (_options, command) => {
      const output = outputOf(command, world);
      const status = await withInstallation(world, statusOf);
      show(output, status, ({ keys: ids, columns }) =>
        [
          ...ROTATING.map((which) => `${which}: ${ids[which].join(', ')} (the first seals)`),
          table(
            ['table', 'values by key'],
            Object.entries(columns).map(([name, held]) => [
              name,
              Object.entries(held)
                .map(([id, n]) => `${id}: ${n}`)
                .join(', '),
            ]),
          ),
        ].join('\n'),
      );
    });
  keys
    .command('rotate')
    .description('a new key in the key file, then everything sealed and hashed anew; nobody has to stop')
    .argument('[list]', ROTATING.join(', '))
    .action(async (given: string | undefined, _options, command) => {
      const output = outputOf(command, world);
      const done = await withInstallation(world, async (here) => {
        const file = fileOf(here);
        await markIdKey(here.db, here.scope, here.vault);
        const added = listOf(given).map((which) => addKey(file, which));
        here.vault.keys.reread();
        return { added, ...(await renew(here, world)) };
      });
      show(output, done, (renewed) => [`new: ${renewed.added.join(', ')}`, renewedText(renewed)].join('\n'));
    });
  keys
    .command('reseal')
    .description('seal and hash anew whatever lies under an older key; safe to break off and repeat')
    .action(async (_options, command) => {
      const output = outputOf(command, world);
      show(output, await withInstallation(world, (here) => renew(here, world)), renewedText);
    });
  keys
    .command('drop')
    .description('take an old key out of the key file, once nothing lies under it')
    .argument('<list>', ROTATING.join(', '))
    .argument('<id>')
    .action(async (given: string, id: string, _options, command) => {
      const output = outputOf(command, world);
      const [which = 'data'] = listOf(given);
      await withInstallation(world, async (here) => {
        const file = fileOf(here);
        await requireUnused(here, which, id);
        try {
          removeKey(file, which, id);
        } catch (error) {
          throw new CliError(error instanceof Error ? error.message : String(error), EXIT.refused);
        }
      });
      show(output, { list: which, dropped: id }, () => `${which}: ${id} is gone`);
    });
};
