import { ApplicationFailure } from '@temporalio/activity';
import { SystemUnavailable } from '../systems/errors.ts';

/** Whoever asks for more is asked again after this long all the same. */
const LONGEST_MS = 10 * 60_000;

type Act = (...args: never[]) => Promise<unknown>;

function obey(act: Act): Act {
  return async function obeying(...args) {
    try {
      return await act(...args);
    } catch (error) {
      if (!(error instanceof SystemUnavailable) || error.retryAfterMs === undefined) throw error;
      throw ApplicationFailure.create({
        message: error.message,
        type: error.name,
        cause: error,
        nextRetryDelay: Math.min(error.retryAfterMs, LONGEST_MS),
      });
    }
  };
}

/** The same acts; a system that said how long to wait is not asked before. */
export const obeyRetryAfter = <Acts extends object>(acts: Acts): Acts =>
  Object.fromEntries(Object.entries(acts).map(([name, act]) => [name, obey(act as Act)])) as Acts;
