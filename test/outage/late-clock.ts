import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import proto from '@temporalio/proto';

const { PollWorkflowTaskQueueResponse, RespondWorkflowTaskCompletedResponse } =
  proto.temporal.api.workflowservice.v1;
const { GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse } =
  proto.temporal.api.workflowservice.v1;
const SERVICE = '/temporal.api.workflowservice.v1.WorkflowService/';

/** From which event of a workflow on the engine's clock is later, and by how much. */
export interface Later {
  readonly fromEventId: number;
  readonly byMs: number;
}

/** Where the worker asks for its tasks: the engine, but that its clock stands later for the workflows that lived through the outage. */
export interface LateClock {
  readonly address: string;
  /** By workflow id. */
  readonly later: Map<string, Later>;
  close(): Promise<void>;
}

type Instant = { seconds?: unknown; nanos?: number | null } | null | undefined;

function shift(at: Instant, byMs: number): Instant {
  if (at === null || at === undefined) return at;
  return { ...at, seconds: Number(at.seconds ?? 0) + Math.round(byMs / 1000) };
}

interface Events {
  events?: { eventId?: unknown; eventTime?: Instant }[] | null;
}

function shiftEvents(history: unknown, later: Later): void {
  for (const event of (history as Events | null)?.events ?? [])
    if (Number(event.eventId) >= later.fromEventId) event.eventTime = shift(event.eventTime, later.byMs);
}

function messageOf(frame: Buffer): Buffer {
  const body = frame.subarray(5, 5 + frame.readUInt32BE(1));
  return frame[0] === 1 ? gunzipSync(body) : body;
}

function frameOf(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** The answer as a server would give it whose clock went on while nobody was there. */
function laterAnswer(
  method: string,
  asked: Buffer,
  answer: Buffer,
  later: ReadonlyMap<string, Later>,
): Buffer {
  if (answer.length < 5) return answer;
  if (method === 'PollWorkflowTaskQueue') {
    const task = PollWorkflowTaskQueueResponse.decode(messageOf(answer));
    const of = later.get(task.workflowExecution?.workflowId ?? '');
    if (of === undefined) return answer;
    shiftEvents(task.history, of);
    return frameOf(PollWorkflowTaskQueueResponse.encode(task).finish());
  }
  if (method === 'RespondWorkflowTaskCompleted') {
    const done = RespondWorkflowTaskCompletedResponse.decode(messageOf(answer));
    const of = later.get(done.workflowTask?.workflowExecution?.workflowId ?? '');
    if (of === undefined) return answer;
    shiftEvents(done.workflowTask?.history, of);
    return frameOf(RespondWorkflowTaskCompletedResponse.encode(done).finish());
  }
  if (method !== 'GetWorkflowExecutionHistory') return answer;
  const request = GetWorkflowExecutionHistoryRequest.decode(messageOf(asked));
  const of = later.get(request.execution?.workflowId ?? '');
  if (of === undefined) return answer;
  const page = GetWorkflowExecutionHistoryResponse.decode(messageOf(answer));
  shiftEvents(page.history, of);
  return frameOf(GetWorkflowExecutionHistoryResponse.encode(page).finish());
}

/** Hands one call on, and its answer back, later where it has to be. */
function handOn(
  upstream: http2.ClientHttp2Session,
  stream: http2.ServerHttp2Stream,
  headers: http2.IncomingHttpHeaders,
  later: ReadonlyMap<string, Later>,
): void {
  const asked: Buffer[] = [];
  const answer: Buffer[] = [];
  let trailers: http2.IncomingHttpHeaders = {};
  const method = String(headers[':path']).replace(SERVICE, '');
  const onwards = upstream.request({ ...headers });
  stream.on('data', (chunk: Buffer) => {
    asked.push(chunk);
    onwards.write(chunk);
  });
  stream.on('end', () => onwards.end());
  stream.on('error', () => onwards.close());
  stream.on('close', () => onwards.close());
  onwards.on('response', (head) => {
    if (stream.destroyed) return;
    // A refusal is an answer of headers alone.
    if (head['grpc-status'] !== undefined) return stream.respond({ ...head }, { endStream: true });
    stream.respond({ ...head }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ ...trailers }));
  });
  onwards.on('data', (chunk: Buffer) => answer.push(chunk));
  onwards.on('trailers', (given) => {
    trailers = given;
  });
  onwards.on('error', () => stream.close());
  onwards.on('end', () => {
    if (stream.destroyed || !stream.writable) return;
    stream.end(laterAnswer(method, Buffer.concat(asked), Buffer.concat(answer), later));
  });
}

/** Stands between a worker and the engine; everything but the time of later events passes as it is. */
export async function startLateClock(upstream: string): Promise<LateClock> {
  const later = new Map<string, Later>();
  const server = http2.createServer();
  const sessions = new Set<http2.ClientHttp2Session>();
  // A connection of its own for each: one that dies with its worker takes no other along.
  server.on('session', (session) => {
    const onwards = http2.connect(`http://${upstream}`);
    sessions.add(onwards);
    onwards.on('error', () => session.destroy());
    onwards.on('close', () => session.destroy());
    session.on('error', () => onwards.destroy());
    session.on('close', () => {
      sessions.delete(onwards);
      onwards.destroy();
    });
    session.on('stream', (stream, headers) => handOn(onwards, stream, headers, later));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    later,
    async close() {
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
