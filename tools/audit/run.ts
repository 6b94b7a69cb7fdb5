/**
 * `npm run audit`: asks the registry for advisories about what is installed, and fails for each that `docs/dependencies.md`
 * does not explain. Exit code 0 = nothing unexplained, 1 = something is, 4 = the registry could not be asked.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { explainedIn, judgeAudit } from './judge-audit.ts';

const root = path.resolve(import.meta.dirname, '../..');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function ask(): unknown {
  const isWindows = process.platform === 'win32';
  const asked = spawnSync(isWindows ? 'npm.cmd' : 'npm', ['audit', '--json'], {
    cwd: root,
    encoding: 'utf8',
    shell: isWindows,
    timeout: 120_000,
  });
  try {
    return JSON.parse(asked.stdout) as unknown;
  } catch {
    return undefined;
  }
}

const audited = judgeAudit(ask(), explainedIn(readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8')));
if (audited.outcome === 'not-asked') {
  say(`The registry could not be asked: ${audited.why}`);
  say('Nothing is known of these packages now. Ask again where advisories can be reached.');
  process.exitCode = 4;
} else {
  for (const one of audited.explained) say(`explained: ${one.id} ${one.packageName} (${one.severity})`);
  for (const id of audited.outdated) say(`explained and no longer found, take it out: ${id}`);
  for (const one of audited.unexplained)
    say(`UNEXPLAINED ${one.id} ${one.packageName} (${one.severity}): ${one.title}`);
  say(`${audited.unexplained.length} unexplained, ${audited.explained.length} explained`);
  process.exitCode = audited.unexplained.length === 0 ? 0 : 1;
}
