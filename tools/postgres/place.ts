import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import type { PostgresBinaries } from './binaries.ts';

/** The unprivileged user that runs PostgreSQL when we are root, which PostgreSQL refuses to be. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

const lookUp = (user: string): RunAs | undefined => {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, user], { stdio: 'pipe', encoding: 'utf8' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    // No such user on this machine.
    return undefined;
  }
};

/** Who runs PostgreSQL: ourselves (undefined), or as root the `postgres` user, else `nobody`. */
export function runAs(): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = lookUp('postgres') ?? lookUp('nobody');
  if (user === undefined)
    throw new Error('PostgreSQL refuses to run as root and there is no user postgres or nobody');
  return user;
}

/** Whether the user may pass through every folder above the path; the path need not exist yet. */
export function isReachableBy(user: RunAs, target: string): boolean {
  let folder = path.resolve(target);
  while (!existsSync(folder)) folder = path.dirname(folder);
  for (folder = realpathSync(folder); ; folder = path.dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const passes = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001;
    if (passes === 0) return false;
    if (path.dirname(folder) === folder) return true;
  }
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Where the files of a cluster go: inside `dataDir`, or under /var/lib/fudian when its user cannot get there. */
export function clusterPlace(dataDir: string, user: RunAs | undefined): string {
  const wanted = path.join(path.resolve(dataDir), 'cluster');
  if (user === undefined || isReachableBy(user, wanted)) return wanted;
  return path.join('/var/lib/fudian', `postgres-${shortHash(wanted)}`);
}

/** Makes the cluster's folder, closed to everybody but the user who runs it. */
export function makeClusterFolder(folder: string, user: RunAs | undefined): void {
  mkdirSync(path.dirname(folder), { recursive: true, mode: 0o755 });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
}

/** The programs at a place their user can run them from; a checkout under a closed home folder is copied once. */
export function runnableBinaries(binaries: PostgresBinaries, user: RunAs | undefined): PostgresBinaries {
  const bin = path.dirname(binaries.postgres);
  if (user === undefined || isReachableBy(user, binaries.postgres)) return binaries;
  const native = path.dirname(bin);
  const copy = path.join('/var/lib/fudian', `postgres-bin-${shortHash(native)}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    mkdirSync(path.dirname(copy), { recursive: true, mode: 0o755 });
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(half, copy);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      // Another start was faster: its copy is as good.
      if (!existsSync(copy)) throw error;
    }
  }
  const moved = (file: string): string => path.join(copy, path.relative(native, file));
  return { initdb: moved(binaries.initdb), postgres: moved(binaries.postgres) };
}
