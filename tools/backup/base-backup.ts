import {
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { noteWhoseItIs } from '../postgres/left-clusters.ts';
import { clusterPlace, makeClusterFolder, runAs, type RunAs } from '../postgres/place.ts';
import { withClient } from '../postgres/roles.ts';

/** What a running server makes anew for itself; PostgreSQL's own list of what a base backup leaves out. */
const CONTENT_LEFT_OUT = [
  ...['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots'],
  ...['pg_stat_tmp', 'pg_subtrans'],
];
const LEFT_OUT = ['postmaster.pid', 'postmaster.opts', 'recovery.signal', 'standby.signal'];

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Copies a folder that somebody is working in: what vanishes meanwhile is in the WAL. */
function copyLive(from: string, to: string, isRoot: boolean): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (isRoot && LEFT_OUT.includes(entry.name)) continue;
    if (entry.name.startsWith('pgsql_tmp')) continue;
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    try {
      if (isRoot && CONTENT_LEFT_OUT.includes(entry.name))
        mkdirSync(target, { recursive: true, mode: 0o700 });
      else if (entry.isDirectory()) copyLive(source, target, false);
      else if (entry.isFile()) copyFileSync(source, target);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

function giveTo(folder: string, user: RunAs | undefined): void {
  if (user === undefined) return;
  chownSync(folder, user.uid, user.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) giveTo(name, user);
    else chownSync(name, user.uid, user.gid);
  }
}

/** Where a cluster that `startPostgres` runs on `dataDir` has its files. */
export const clusterOf = (dataDir: string): string =>
  readFileSync(path.join(dataDir, 'initialised'), 'utf8').trim();

/** A folder into which the server of `dataDir` can archive its WAL. */
export function archiveFolder(dataDir: string): string {
  const user = runAs();
  const folder = `${clusterPlace(path.resolve(dataDir), user)}-archive`;
  makeClusterFolder(folder, user);
  return folder;
}

/** Settings of a server that archives every segment of its WAL into a folder. */
export const archiving = (folder: string): Record<string, string> => ({
  wal_level: 'replica',
  archive_mode: 'on',
  archive_timeout: '60',
  archive_command: `test ! -f '${folder}/%f' && cp '%p' '${folder}/%f.part' && mv '${folder}/%f.part' '${folder}/%f'`,
});

/** Copies a running cluster, as `pg_basebackup` does where it is at hand; useful only together with the WAL archived meanwhile. */
export async function takeBaseBackup(
  superuserUrl: string,
  dataDir: string,
  to: string,
): Promise<{ bytes: number }> {
  return withClient(superuserUrl, async (client) => {
    await client.query(`select pg_backup_start('fudian', true)`);
    copyLive(clusterOf(dataDir), to, true);
    const { rows } = await client.query<{ labelfile: string; spcmapfile: string }>(
      'select labelfile, spcmapfile from pg_backup_stop(true)',
    );
    writeFileSync(path.join(to, 'backup_label'), rows[0]?.labelfile ?? '');
    const size = await client.query<{ bytes: string }>(
      'select sum(pg_database_size(datname)) as bytes from pg_database',
    );
    return { bytes: Number(size.rows[0]?.bytes ?? 0) };
  });
}

/** Ends the segment being written and waits until it lies in the archive: everything committed before is safe. */
export async function archiveNow(superuserUrl: string): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    const { rows } = await client.query<{ wal: string }>('select pg_walfile_name(pg_switch_wal()) as wal');
    const wal = rows[0]?.wal ?? '';
    for (let tries = 0; tries < 300; tries += 1) {
      const last = await client.query<{ wal: string | null }>(
        'select last_archived_wal as wal from pg_stat_archiver',
      );
      if ((last.rows[0]?.wal ?? '') >= wal) return;
      await sleep(100);
    }
    throw new Error(`${wal} does not arrive in the archive`);
  });
}

/**
 * Puts a base backup in place for a server on `dataDir`, to be rolled forward through everything in the archive at its next
 * start; the superuser's password stays what it was.
 */
export function restoreBaseBackup(options: {
  backup: string;
  archive: string;
  dataDir: string;
  superuserSecret: string;
}): void {
  const user = runAs();
  mkdirSync(options.dataDir, { recursive: true });
  const cluster = clusterPlace(path.resolve(options.dataDir), user);
  rmSync(cluster, { recursive: true, force: true });
  copyLive(options.backup, cluster, false);
  writeFileSync(path.join(cluster, 'recovery.signal'), '');
  writeFileSync(
    path.join(cluster, 'postgresql.auto.conf'),
    `restore_command = 'cp "${options.archive}/%f" "%p"'\n`,
  );
  giveTo(cluster, user);
  noteWhoseItIs(cluster, path.resolve(options.dataDir));
  writeFileSync(path.join(options.dataDir, 'superuser.secret'), `${options.superuserSecret}\n`, {
    mode: 0o600,
  });
  writeFileSync(path.join(options.dataDir, 'initialised'), `${cluster}\n`);
}

/** Waits until a restored server has rolled forward and takes writes. */
export async function recovered(superuserUrl: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const isDone = await withClient(superuserUrl, async (client) => {
      const { rows } = await client.query<{ going: boolean }>('select pg_is_in_recovery() as going');
      return rows[0]?.going === false;
    });
    if (isDone) return;
    await sleep(100);
  }
  throw new Error('the restored server does not come out of recovery');
}
