import { existsSync } from 'node:fs';
import { readState } from '../../tools/stack/state.ts';
import type { Register, World } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { show, table } from '../core/print.ts';
import { dataDirOf, findTarget, type GlobalOptions } from '../core/target.ts';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to do about it; '' where nothing is to be done. */
  readonly advice: string;
}

const NODE_NEEDED = 24;

async function answers(what: string, url: string, advice: string): Promise<Finding> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const text = (await response.text()).slice(0, 200);
    if (response.ok) return { what, ok: true, detail: url, advice: '' };
    return { what, ok: false, detail: `${url} says ${response.status} ${text}`, advice };
  } catch {
    return { what, ok: false, detail: `${url} does not answer`, advice };
  }
}

/** What can be seen from here, without asking the API. */
async function lookAround(
  options: GlobalOptions,
  world: World,
): Promise<{ url?: string; findings: Finding[] }> {
  const dataDir = dataDirOf(world.env);
  const stack = readState(dataDir);
  const url = (options.url ?? world.env['FUDIAN_URL'] ?? stack?.apiUrl)?.replace(/\/+$/, '');
  const isNew = Number(process.versions.node.split('.')[0]) >= NODE_NEEDED;
  const findings: Finding[] = [
    {
      what: 'Node',
      ok: isNew,
      detail: process.version,
      advice: isNew ? '' : `Node ${NODE_NEEDED} is needed: start through npm, which brings it along`,
    },
    {
      what: 'stack',
      ok: url !== undefined,
      detail:
        stack === undefined
          ? `nothing runs on ${dataDir}${existsSync(dataDir) ? '' : ' (not there)'}`
          : dataDir,
      advice: url === undefined ? 'npm start, or name an API with --url or FUDIAN_URL' : '',
    },
  ];
  if (url === undefined) return { findings };
  const log = stack === undefined ? 'look at its log' : `see ${dataDir}/logs`;
  findings.push(
    await answers('API', `${url}/health`, `start it (npm start, or docker compose up -d api); ${log}`),
  );
  const port = stack?.env['WORKER_PORT'];
  if (port !== undefined)
    findings.push(await answers('worker', `http://127.0.0.1:${port}/ready`, `start it (npm start); ${log}`));
  const sim = stack?.simOrigin ?? null;
  if (sim !== null) findings.push(await answers('simulated district', `${sim}/health`, 'npm start'));
  return { url, findings };
}

/** What the API finds when it asks every part; without a token, or without an API, that is said. */
async function askApi(options: GlobalOptions, world: World): Promise<Finding[]> {
  try {
    const { api } = findTarget(options, 'operator-shi', world.env);
    return (await api.get<{ findings: Finding[] }>('/diagnosis')).findings;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const advice = 'an operator’s token is needed: FUDIAN_TOKEN or --token';
    return [
      { what: 'the parts behind the API', ok: false, detail: error.message.split('\n')[0] ?? '', advice },
    ];
  }
}

async function examine(options: GlobalOptions, world: World): Promise<Finding[]> {
  const { url, findings } = await lookAround(options, world);
  const isUp = findings.some(({ what, ok }) => what === 'API' && ok);
  return url !== undefined && isUp ? [...findings, ...(await askApi(options, world))] : findings;
}

/** `fudian doctor`: every part, what is wrong with it, and what to do. */
export const registerDoctor: Register = (program, world) => {
  program
    .command('doctor')
    .description('every part: what is wrong, and what to do')
    .action(async (_options, command) => {
      const options = command.optsWithGlobals() as GlobalOptions;
      const findings = await examine(options, world);
      const output = {
        out: (text: string) => world.out(text),
        err: () => undefined,
        json: options.json === true,
      };
      const rows = findings.flatMap(({ what, ok, detail, advice }) => [
        [ok ? 'ok' : 'NO', what, detail],
        ...(advice === '' ? [] : [['', '', `→ ${advice}`]]),
      ]);
      show(output, findings, () => table(['', 'what', ''], rows));
      if (findings.some(({ ok }) => !ok)) process.exitCode = EXIT.unreachable;
    });
};
