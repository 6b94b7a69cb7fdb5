import { existsSync } from 'node:fs';
import type { Register, World } from '../core/command.ts';
import { EXIT } from '../core/exit.ts';
import type { GlobalOptions } from '../core/target.ts';
import { dataDirOf } from '../core/target.ts';
import { show, table } from '../core/print.ts';
import { readState } from '../../tools/stack/state.ts';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

async function answers(what: string, url: string): Promise<Finding> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const text = (await response.text()).slice(0, 200);
    return {
      what,
      ok: response.ok,
      detail: `${url} says ${response.status}${response.ok ? '' : ` ${text}`}`,
    };
  } catch {
    return { what, ok: false, detail: `${url} does not answer` };
  }
}

async function examine(options: GlobalOptions, world: World): Promise<Finding[]> {
  const dataDir = dataDirOf(world.env);
  const stack = readState(dataDir);
  const url = options.url ?? world.env['FUDIAN_URL'] ?? stack?.apiUrl;
  const node = Number(process.versions.node.split('.')[0]);
  const findings: Finding[] = [
    { what: 'Node', ok: node >= 24, detail: `${process.version}${node >= 24 ? '' : '; 24 is needed'}` },
    {
      what: 'stack',
      ok: stack !== undefined || url !== undefined,
      detail:
        stack === undefined
          ? `nothing runs on ${dataDir}${existsSync(dataDir) ? '' : ' (not there)'}; npm start`
          : dataDir,
    },
  ];
  if (url === undefined) return findings;
  findings.push(await answers('API', `${url}/health`));
  findings.push(await answers('API with database and engine', `${url}/ready`));
  const sim = stack?.simOrigin ?? null;
  if (sim !== null) findings.push(await answers('simulated district', `${sim}/health`));
  const issuer = stack?.env['OIDC_ISSUER'];
  if (issuer !== undefined)
    findings.push(await answers('token issuer', `${issuer}/.well-known/openid-configuration`));
  return findings;
}

/** `fudian doctor`: what runs, what answers, and what to do about the rest. */
export const registerDoctor: Register = (program, world) => {
  program
    .command('doctor')
    .description('what runs here and what answers')
    .action(async (_options, command) => {
      const options = command.optsWithGlobals() as GlobalOptions;
      const findings = await examine(options, world);
      const output = {
        out: (text: string) => world.out(text),
        err: () => undefined,
        json: options.json === true,
      };
      show(output, findings, () =>
        table(
          ['', 'what', ''],
          findings.map(({ what, ok, detail }) => [ok ? 'ok' : 'NO', what, detail]),
        ),
      );
      if (findings.some(({ ok }) => !ok)) process.exitCode = EXIT.unreachable;
    });
};
