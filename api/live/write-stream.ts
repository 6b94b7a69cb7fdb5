import type { Response } from 'express';
import type { Told } from './live.ts';

const HEARTBEAT_MS = 15_000;
const RETRY_MS = 2_000;

/** One message of a server-sent event stream. */
export function sse(told: Told): string {
  const data =
    told.kind === 'change'
      ? { topic: told.event.topic, caseId: told.event.caseId, accountNo: told.event.accountNo }
      : {};
  return `id: ${told.cursor}\nevent: ${told.kind}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Writes what is told until it ends or the reader goes away; a comment now and then keeps proxies from closing it. */
export async function writeStream(response: Response, told: AsyncIterable<Told>): Promise<void> {
  const events = told[Symbol.asyncIterator]();
  // Asked before the head is written, so that a refusal is still a problem.
  let next = await events.next();
  response.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.write(`retry: ${RETRY_MS}\n\n`);
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  try {
    while (next.done !== true && !response.destroyed) {
      if (!response.write(sse(next.value)))
        await new Promise<void>((resolve) => {
          response.once('drain', resolve).once('close', resolve);
        });
      next = await events.next();
    }
  } finally {
    clearInterval(heartbeat);
    await events.return?.();
    response.end();
  }
}
