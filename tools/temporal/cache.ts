import os from 'node:os';
import path from 'node:path';

/** Version of the server that is built and cached; the one the project was measured on. */
export const serverVersion = '1.32.1';
/** Version of Temporal's command line that is downloaded; the first with time skipping in its server. */
export const cliVersion = '1.9.0';

/** Folder for programs fetched or built once for every checkout of this user. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_CACHE_HOME'] ?? path.join(env['HOME'] ?? os.homedir(), '.cache');
  return path.join(base, 'fudian');
}

const exe = process.platform === 'win32' ? '.exe' : '';

/** Where the built server and its schema tool lie. */
export function builtServer(cache: string): { readonly server: string; readonly sqlTool: string } {
  const folder = path.join(cache, `temporal-server-${serverVersion}`);
  return {
    server: path.join(folder, `temporal-server${exe}`),
    sqlTool: path.join(folder, `temporal-sql-tool${exe}`),
  };
}

/** Where the downloaded command line lies. */
export const downloadedCli = (cache: string): string =>
  path.join(cache, `temporal-cli-${cliVersion}`, `temporal${exe}`);
