import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { openHistory } from '../../engine/open-history.ts';
import { payloadCodec } from '../../engine/payload-codec.ts';
import { caseWorkflowId } from '../../workflows/messages.ts';
import type { TestNamespace } from './temporal.ts';
import type { Town } from './town/town.ts';

/** Where the histories of the stories lie. */
export const historiesFolder = fileURLToPath(new URL('../histories/', import.meta.url));

interface Told {
  readonly name: string;
  readonly caseId: string;
  readonly account: { readonly accountId: string };
}

/** Names of the machine that ran a step say nothing about the procedure; the engine's own flags do: they decide the order of a replay. */
const MACHINE = new Set(['identity', 'workerVersion', 'originalExecutionRunId', 'binaryChecksum']);

const withoutMachine = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([key]) => !MACHINE.has(key)))
    : value;

/** The case itself, then what its facts started: restorations and reports, oldest first. */
async function workflowsOf(town: Town, story: Told): Promise<{ workflowId: string; runId: string }[]> {
  const found: { workflowId: string; runId: string; startTime: Date }[] = [];
  for await (const one of town.temporal.workflow.list())
    if (one.workflowId === caseWorkflowId(story.account.accountId) || one.workflowId.includes(story.caseId))
      found.push(one);
  return found.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
}

type Histories = Parameters<typeof historyToJSON>[0];

function write(file: string, workflowId: string, history: Histories): void {
  const text = JSON.stringify(
    { workflowId, history: JSON.parse(historyToJSON(history)) as unknown },
    withoutMachine,
  );
  mkdirSync(historiesFolder, { recursive: true });
  writeFileSync(path.join(historiesFolder, file), gzipSync(text, { level: 9 }));
}

async function keep(town: Town, story: Told): Promise<void> {
  for (const [index, { workflowId, runId }] of (await workflowsOf(town, story)).entries()) {
    const kept = await town.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    const history = await openHistory(payloadCodec(town.engine.keys), kept);
    const kind = workflowId.split('/')[0] ?? 'case';
    write(`${story.name}.${index}.${kind}.json.gz`, workflowId, history);
  }
}

/** Keeps what the engine wrote down of one workflow that belongs to no case; only when histories are recorded. */
export async function keepHistoryOf(engine: TestNamespace, name: string, workflowId: string): Promise<void> {
  if (process.env['FUDIAN_RECORD_HISTORIES'] !== '1') return;
  const history = await engine.client.workflow.getHandle(workflowId).fetchHistory();
  write(`${name}.0.credit.json.gz`, workflowId, history);
}

/** Keeps what the engine wrote down of each story; only when histories are recorded (FUDIAN_RECORD_HISTORIES=1). */
export async function keepHistories(town: Town, stories: readonly Told[]): Promise<void> {
  if (process.env['FUDIAN_RECORD_HISTORIES'] !== '1') return;
  for (const story of stories) await keep(town, story);
}
