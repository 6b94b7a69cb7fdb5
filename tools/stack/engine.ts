import path from 'node:path';
import { messageOf } from '../report.ts';
import type { Report } from '../report.ts';
import { findSqlTool, findTemporalProgram } from '../temporal/find-program.ts';
import { useOrStartTemporal } from '../temporal/start-temporal.ts';
import type { RunningTemporal } from '../temporal/start-temporal.ts';
import { readJson, writeJson } from './state.ts';

type Store = 'postgres' | 'sqlite';

/** PostgreSQL where the bare server and its schema tool are to be had; the command line's own server knows only SQLite. */
async function chooseStore(superuserUrl: string | undefined, report: Report): Promise<Store> {
  const program = await findTemporalProgram({ report });
  if (superuserUrl === undefined || program.kind === 'cli') return 'sqlite';
  try {
    await findSqlTool(program.path, report);
    return 'postgres';
  } catch (error) {
    report(`Temporal: keeps its state in SQLite (${messageOf(error)})`);
    return 'sqlite';
  }
}

/** What the engine needs to know. */
export interface EngineOptions {
  readonly dataDir: string;
  readonly superuserUrl: string | undefined;
  readonly timeSkipping: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly report: Report;
}

/** Uses TEMPORAL_ADDRESS when it is set, else runs a server on the data folder; it stays with the store it began with. */
export async function openEngine(options: EngineOptions): Promise<RunningTemporal> {
  const { dataDir, superuserUrl, timeSkipping, env, report } = options;
  const folder = path.join(dataDir, 'temporal');
  const address = env['TEMPORAL_ADDRESS'];
  if (address !== undefined && address !== '') {
    const server = await useOrStartTemporal({ dataDir: folder, persistence: 'sqlite', timeSkipping }, env);
    report(`Temporal: the one at ${address}`);
    return server;
  }
  const file = path.join(folder, 'store.json');
  const store = readJson<{ store: Store }>(file)?.store ?? (await chooseStore(superuserUrl, report));
  writeJson(file, { store });
  const server = await useOrStartTemporal(
    {
      dataDir: folder,
      persistence: store,
      timeSkipping,
      report,
      historyShards: 4,
      ...(superuserUrl !== undefined && { postgresSuperuserUrl: superuserUrl }),
    },
    env,
  );
  report(`Temporal: up at ${server.address} (state in ${store === 'postgres' ? 'PostgreSQL' : 'SQLite'})`);
  return server;
}
