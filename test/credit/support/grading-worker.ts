/** A worker that grades, and is killed by the machine right before its third stretch is committed (KILLED_IN: a mark that it was). */
import { writeFileSync } from 'node:fs';
import { NativeConnection, Worker } from '@temporalio/worker';
import { creditBatchActs } from '../../../activities/credit/batch.ts';
import { keepBeating } from '../../../activities/keep-beating.ts';
import type { ActivityDeps } from '../../../activities/deps.ts';
import { openDatabase, type Db } from '../../../db/database.ts';
import { fixedKeys } from '../../../db/keys/key-ring.ts';
import { dataConverter } from '../../../engine/connect.ts';
import { TASK_QUEUES } from '../../../workflows/messages.ts';

const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
};

const real = openDatabase(env('DATABASE_URL'), { maxConnections: 3 });
const db: Db = {
  ...real,
  tx: (scope, act) =>
    real.tx(scope, async (tx) => {
      const answer = await act(tx);
      const third = await tx.row('select 1 from credit_runs where run_id = $1 and done > 20', [
        env('RUN_ID'),
      ]);
      if (third !== undefined) {
        writeFileSync(env('KILLED_IN'), 'killed');
        process.kill(process.pid, 'SIGKILL');
        await new Promise(() => undefined);
      }
      return answer;
    }),
};
const deps = { db, systems: {}, publicUrl: '' } as unknown as ActivityDeps;
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address: env('TEMPORAL_ADDRESS') }),
  namespace: env('TEMPORAL_NAMESPACE'),
  dataConverter: dataConverter(fixedKeys({ dataKeys: env('PAYLOAD_KEYS'), hashKey: env('HASH_KEY') })),
  taskQueue: TASK_QUEUES.batch,
  activities: { ...keepBeating(creditBatchActs(deps)) },
});
await worker.run();
