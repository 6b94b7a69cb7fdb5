import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { bundlerLogger, installEngineLog } from '../worker/engine-log.ts';
import { buildWorkflowBundle } from '../worker/start-worker.ts';
import { historiesFolder } from './support/record-histories.ts';

const log = pino({ level: 'silent' });
const files = readdirSync(historiesFolder).filter((name) => name.endsWith('.json.gz'));

interface Kept {
  workflowId: string;
  history: unknown;
}
const read = (file: string): Kept =>
  JSON.parse(gunzipSync(readFileSync(path.join(historiesFolder, file))).toString()) as Kept;

const replay = (workflowBundle: WorkflowBundle, file: string): Promise<void> => {
  const { workflowId, history } = read(file);
  return Worker.runReplayHistory({ workflowBundle }, historyFromJSON(history), workflowId);
};

let procedure: WorkflowBundle;
beforeAll(async () => {
  installEngineLog(log);
  procedure = await buildWorkflowBundle(log);
});

test.for(files)('replays: %s', async (file) => {
  await expect(replay(procedure, file)).resolves.toBeUndefined();
});

test('every ending of a case has a history', () => {
  const stories = new Set(files.map((file) => file.split('.')[0]));
  expect(stories.size).toBeGreaterThan(30);
});

test('a procedure with one step out of order does not pass', async () => {
  const broken = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./support/broken-workflow/index.ts', import.meta.url)),
    logger: bundlerLogger(log),
  });
  const [file] = files.filter((name) => name.startsWith('paid-after-red.0.case'));
  await expect(replay(broken, file ?? '')).rejects.toThrow(DeterminismViolationError);
});

test('a history is free of names, phones and addresses', () => {
  const telling = files.filter((file) => {
    const payloads = [...JSON.stringify(read(file)).matchAll(/"data":"([^"]*)"/g)];
    return payloads.some(([, data = '']) =>
      /张三|长江路|\+8613/.test(Buffer.from(data, 'base64').toString()),
    );
  });
  expect(telling).toEqual([]);
});
