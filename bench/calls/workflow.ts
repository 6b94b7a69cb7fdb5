import { condition, defineSignal, proxyActivities, setHandler, sleep } from '@temporalio/workflow';

export const answered = defineSignal('answered');

const { check } = proxyActivities<{ check(): Promise<void> }>({
  taskQueue: 'bench-live',
  startToCloseTimeout: '20 seconds',
});
const { call } = proxyActivities<{ call(workflowId: string): Promise<void> }>({
  taskQueue: 'bench-outbound',
  startToCloseTimeout: '30 seconds',
});

/** The hour before a stop without a rule in it: at its time a live check, the call, and the customer's answer. @returns when it was over, epoch ms */
export async function beforeStop(input: { atMs: number; workflowId: string }): Promise<number> {
  let isAnswered = false;
  setHandler(answered, () => {
    isAnswered = true;
  });
  await sleep(Math.max(1, input.atMs - Date.now()));
  await check();
  await call(input.workflowId);
  await condition(() => isAnswered);
  return Date.now();
}
