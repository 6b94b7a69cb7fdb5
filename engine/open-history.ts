import type { Payload, PayloadCodec } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';

type History = temporal.api.history.v1.IHistory;

const isPayload = (value: object): value is Payload => {
  const metadata: unknown = Reflect.get(value, 'metadata');
  return typeof metadata === 'object' && metadata !== null && 'encoding' in metadata && 'data' in value;
};

/** Opens every payload of a history in place, wherever it stands: arguments, results, signals, updates, failures, markers. */
export async function openHistory(codec: PayloadCodec, history: History): Promise<History> {
  const walk = async (value: unknown): Promise<void> => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    if (isPayload(value)) {
      const [opened] = await codec.decode([value]);
      Object.assign(value, opened);
      return;
    }
    for (const inner of Object.values(value)) await walk(inner);
  };
  await walk(history);
  return history;
}
