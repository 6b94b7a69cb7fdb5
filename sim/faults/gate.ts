import { setTimeout as pause } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { Fault, FaultSubject, FaultySystem, RequestFault } from './fault.ts';
import { requestFaults } from './fault.ts';
import type { Faults } from './faults.ts';

/** How one system looks at a request, and how it words its own refusals. */
export interface GateOptions {
  system: FaultySystem;
  /** What the request is about; the path is added by the gate. */
  subjectOf?: (request: Request) => FaultSubject;
  errorBody?: (status: 429 | 500) => unknown;
}

const nonsense = '<html><body><h1>系统维护中</h1></body></html>';
const retryAfterMs = 1_000;

/** Asks the registry before a request is served: lets it pass, spoils its answer, or answers in its place. */
export function faultGate(faults: Faults, options: GateOptions): RequestHandler {
  return async (request, response, next) => {
    const path = request.originalUrl.split('?')[0];
    const fault = await faults.take(options.system, requestFaults, { ...options.subjectOf?.(request), path });
    if (!fault) return next();
    if (fault.fault === 'drop-after-accept') {
      cutInsteadOfAnswering(response);
      return next();
    }
    await answerWrongly(fault, response, options.errorBody ?? plainBody);
  };
}

async function answerWrongly(
  fault: Fault & { fault: RequestFault },
  response: Response,
  errorBody: (status: 429 | 500) => unknown,
): Promise<void> {
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  if (fault.fault === 'time-out' && fault.delayMs === undefined) return;
  try {
    await pause(fault.delayMs ?? 0, undefined, { signal: closed.signal });
  } catch {
    // The caller has gone away meanwhile: there is nobody left to answer.
    return;
  }
  if (fault.fault === 'time-out') response.socket?.destroy();
  else if (fault.fault === '500') response.status(500).json(errorBody(500));
  else if (fault.fault === '429') tooMany(fault, response, errorBody(429));
  else if (fault.answer) response.status(fault.answer.status).json(fault.answer.body);
  else response.status(200).type('html').send(nonsense);
}

function tooMany(fault: Fault, response: Response, body: unknown): void {
  const seconds = Math.ceil((fault.delayMs ?? retryAfterMs) / 1_000);
  response.status(429).set('retry-after', String(seconds)).json(body);
}

/** The work is done, but the caller hears nothing of it. */
function cutInsteadOfAnswering(response: Response): void {
  response.writeHead = () => response;
  response.write = () => true;
  response.end = () => {
    response.socket?.destroy();
    return response;
  };
}

function plainBody(status: 429 | 500): unknown {
  return status === 429
    ? { code: 'too-many-requests', message: 'Too many requests.' }
    : { code: 'broken', message: 'The system is broken.' };
}
