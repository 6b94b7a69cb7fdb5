import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { simClient } from '../../sim/client.ts';
import { readState } from '../../tools/stack/state.ts';
import type { StackState } from '../../tools/stack/state.ts';
import { apiClient } from './api-client.ts';
import type { ApiClient } from './api-client.ts';
import { CliError, EXIT } from './exit.ts';

/** Options that every command knows. */
export interface GlobalOptions {
  readonly url?: string;
  readonly token?: string;
  readonly as?: string;
  readonly json?: boolean;
  readonly lang?: string;
}

/** Where the commands go: an API, and on this machine's own stack also what stands behind it. */
export interface Target {
  readonly api: ApiClient;
  /** The stack of this machine; undefined where only an address is known. */
  readonly stack: StackState | undefined;
  /** The same API as somebody else of the simulated district. */
  as(personId: string): ApiClient;
}

/** The language of a command's words: `--lang`, else Chinese where the machine speaks it. */
export const langOf = (options: GlobalOptions, world: { readonly env: NodeJS.ProcessEnv }): 'zh' | 'en' =>
  (options.lang ?? world.env['LANG'] ?? '').startsWith('zh') ? 'zh' : 'en';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** Folder of the stack's data: FUDIAN_DATA, `.fudian` here, or `.fudian` of the checkout. */
export function dataDirOf(env: NodeJS.ProcessEnv): string {
  const told = env['FUDIAN_DATA'];
  if (told !== undefined && told !== '') return path.resolve(told);
  const here = path.resolve('.fudian');
  return existsSync(here) ? here : path.join(checkout, '.fudian');
}

const tokenFromDistrict = async (stack: StackState | undefined, personId: string): Promise<string> => {
  if (stack === undefined || stack.simOrigin === null)
    throw new CliError(
      'No token: set FUDIAN_TOKEN or --token (--as works against the simulated district only)',
      EXIT.usage,
    );
  try {
    return await simClient(stack.simOrigin).token(personId);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isAway = message.includes('fetch failed');
    throw new CliError(
      isAway ? `The simulated district does not answer at ${stack.simOrigin}` : `No token for ${message}`,
      isAway ? EXIT.unreachable : EXIT.usage,
    );
  }
};

/** Finds the API and who speaks to it. @throws CliError 4 when nothing runs and no address is given */
export function findTarget(
  options: GlobalOptions,
  defaultPerson: string,
  env: NodeJS.ProcessEnv = process.env,
): Target {
  const stack = readState(dataDirOf(env));
  const url = options.url ?? env['FUDIAN_URL'] ?? stack?.apiUrl;
  if (url === undefined || url === '')
    throw new CliError('Nothing runs here. Start with `npm start`, or set FUDIAN_URL.', EXIT.unreachable);
  const language = options.lang ?? (env['LANG']?.startsWith('zh') === true ? 'zh' : 'en');
  const root = url.replace(/\/+$/, '');
  const clientOf = (personId: string | undefined): ApiClient => {
    const given = options.token ?? env['FUDIAN_TOKEN'];
    let token: Promise<string> | undefined;
    return apiClient(
      root,
      () =>
        (token ??=
          given !== undefined && personId === undefined
            ? Promise.resolve(given)
            : tokenFromDistrict(stack, personId ?? defaultPerson)),
      language,
    );
  };
  return { api: clientOf(options.as), stack, as: clientOf };
}

/** The stack of this machine. @throws CliError where the command needs more than an address */
export function needStack(target: Target): StackState {
  if (target.stack === undefined)
    throw new CliError('This works only beside a stack on this machine (npm start).', EXIT.usage);
  return target.stack;
}

/** The simulated district. @throws CliError where every system is a real one */
export function needDistrict(target: Target): ReturnType<typeof simClient> {
  const { simOrigin } = needStack(target);
  if (simOrigin === null) throw new CliError('This works only against the simulated district.', EXIT.usage);
  return simClient(simOrigin);
}
