/** A stream of chance that is the same for the same seed on every machine. */
export interface Dice {
  /** Whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** True in `percent` of 100 throws. */
  chance(percent: number): boolean;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  /** One of the values, each as often as its weight says. */
  weighed<Value>(values: readonly (readonly [weight: number, value: Value])[]): Value;
}

/** Dice for a text; other texts give unrelated throws. */
export function diceOf(seed: string): Dice {
  let state = hashOf(seed);
  const next = (): number => {
    state = (state + 0x9e37_79b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    whole,
    chance: (percent) => next() * 100 < percent,
    pick: (values) => values[whole(0, values.length - 1)] ?? values[0],
    weighed: (values) => {
      let left = next() * values.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of values) {
        left -= weight;
        if (left < 0) return value;
      }
      const last = values.at(-1);
      if (!last) throw new RangeError('there is nothing to choose from');
      return last[1];
    },
  };
}

function hashOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  return hash;
}
