import { Context } from '@temporalio/activity';

const EVERY_MS = 5_000;

type Act = (...args: never[]) => Promise<unknown>;

function beat(act: Act): Act {
  return async function beating(...args) {
    const context = Context.current();
    const timer = setInterval(() => context.heartbeat(), EVERY_MS);
    try {
      return await act(...args);
    } finally {
      clearInterval(timer);
    }
  };
}

/**
 * The same acts, heard of while they work: one whose worker has died is begun anew after half a minute and not after the longest
 * that it may take.
 */
export const keepBeating = <Acts extends object>(acts: Acts): Acts =>
  Object.fromEntries(Object.entries(acts).map(([name, act]) => [name, beat(act as Act)])) as Acts;
