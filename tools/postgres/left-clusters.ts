import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const NOTE = '.of';

/**
 * Notes beside a cluster that lies outside its folder whose it is, so that it does not outlive that folder. Only for folders made to
 * be thrown away: the data of an installation stays, even where its folder was moved or lost.
 */
export function noteWhoseItIs(cluster: string, dataDir: string): void {
  const isThrowaway = path.resolve(dataDir).startsWith(path.resolve(os.tmpdir()) + path.sep);
  if (isThrowaway && path.dirname(cluster) !== dataDir) writeFileSync(`${cluster}${NOTE}`, `${dataDir}\n`);
}

/** Removes the clusters whose own folder is gone: of runs that ended, or were killed. @returns what was removed */
export function removeLeftClusters(place = '/var/lib/fudian'): string[] {
  if (!existsSync(place)) return [];
  const left = readdirSync(place)
    .filter((name) => name.startsWith('postgres-') && name.endsWith(NOTE))
    .map((name) => path.join(place, name.slice(0, -NOTE.length)))
    .filter((cluster) => !existsSync(readFileSync(`${cluster}${NOTE}`, 'utf8').trim()));
  for (const cluster of left)
    for (const one of [cluster, `${cluster}.password`, `${cluster}${NOTE}`])
      rmSync(one, { recursive: true, force: true });
  return left;
}
