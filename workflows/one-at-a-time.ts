type Acts<A> = { readonly [K in keyof A]: A[K] };

/**
 * Local steps of one workflow, each begun when the one before it has ended, in the order in which they were asked for. While they
 * run the engine ends two at once in the order of the clock, but in a replay in the order of their numbers: a handler and the
 * procedure that wake in another order ask for other steps, and the history can no longer be read. Make one for each workflow.
 */
export function oneAtATime<A extends object>(acts: A): Acts<A> {
  const waiting: (() => void)[] = [];
  let isBusy = false;
  async function inTurn(begin: () => Promise<unknown>): Promise<unknown> {
    if (isBusy) await new Promise<void>((go) => waiting.push(go));
    isBusy = true;
    try {
      return await begin();
    } finally {
      const next = waiting.shift();
      // Handed over: whoever asks in between stands behind it.
      if (next === undefined) isBusy = false;
      else next();
    }
  }
  return new Proxy(acts, {
    get(target, name) {
      const act: unknown = Reflect.get(target, name);
      if (typeof act !== 'function') return act;
      return (...args: unknown[]) => inTurn(() => Reflect.apply(act, undefined, args) as Promise<unknown>);
    },
  });
}
