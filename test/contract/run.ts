/**
 * Fuzzes every route from the served OpenAPI document: `npm run fuzz -- <examples> <seed> [ours|schemathesis]`. First our own
 * requests, which know what a town has, as every role; then Schemathesis, where Python 3 is at hand. Exit code 1 when anything was found.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const [examples = '20', given = String(Math.trunc(Math.random() * 2 ** 31)), only = 'both'] =
  process.argv.slice(2);
process.env['FUDIAN_SEED'] = given;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const count = Number(examples);

const { default: setUp } = await import('../support/global-setup.ts');
const { faultsAfterwards } = await import('./afterwards.ts');
const { fuzz } = await import('./fuzz.ts');
const { startFuzzTown } = await import('./fuzz-town.ts');
const { findSchemathesis, runSchemathesis } = await import('./schemathesis.ts');
const { wordsOf } = await import('./tell.ts');

const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-fuzz-'));
const tearDown = await setUp();
try {
  const place = await startFuzzTown();
  try {
    const faults: string[] = [];
    if (only !== 'schemathesis') {
      const each = { fitting: count, near: count * 3, wild: count * 2 };
      const fuzzed = await fuzz(place.target, place.operations, each, ({ operationId }) => say(operationId));
      faults.push(...wordsOf(fuzzed.faults));
      say(`ours: seed ${given}, ${fuzzed.requests} requests to ${place.operations.length} operations`);
      say(`statuses ${JSON.stringify(fuzzed.statuses)}`);
      const never = place.operations.filter(({ operationId }) => !fuzzed.succeeded.has(operationId));
      say(`never did what they were asked: ${never.map(({ operationId }) => operationId).join(', ')}`);
    }
    const program = only === 'ours' ? undefined : findSchemathesis();
    if (program !== undefined) {
      const how = { role: 'everybody', examples: count, seed: Number(given), folder };
      if ((await runSchemathesis(program, place.target, how)) !== 0)
        faults.push('Schemathesis found something');
    } else if (only !== 'ours') say('Schemathesis did not run: no Python 3 here, or PyPI cannot be reached');
    faults.push(...(await faultsAfterwards(place)));
    for (const fault of faults) say(`FOUND ${fault}`);
    say(faults.length === 0 ? 'Nothing was found.' : `${faults.length} faults`);
    process.exitCode = faults.length === 0 ? 0 : 1;
  } finally {
    await place.town.close();
  }
} finally {
  await tearDown();
  rmSync(folder, { recursive: true, force: true });
}
