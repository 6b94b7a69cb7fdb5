import { SystemUnavailable } from '../errors.ts';

/** The id of what the carrier took; an answer without one is no answer, and nothing was taken. @throws SystemUnavailable */
export function sidOf(sid: unknown): string {
  if (typeof sid === 'string' && /^[A-Z]{2}[0-9a-f]{32}$/i.test(sid)) return sid;
  throw new SystemUnavailable('carrier', 'its answer names nothing that it took');
}
