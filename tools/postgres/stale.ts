import { rmSync } from 'node:fs';
import path from 'node:path';
import { awaitPreviousEnd } from '../process/previous.ts';

/**
 * Clears the pid file that a crash or kill -9 left behind, so that the cluster starts again although the id was
 * given to another program since; a PostgreSQL that is still ending is given time.
 * @throws Error when another PostgreSQL runs on this folder
 */
export async function clearStalePid(cluster: string): Promise<void> {
  const file = path.join(cluster, 'postmaster.pid');
  await awaitPreviousEnd(file, cluster);
  rmSync(file, { force: true });
}
