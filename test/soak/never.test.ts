import { afterAll, beforeAll, expect, test } from 'vitest';
import { productOf } from './chaos.ts';
import { soak, type Soaked } from './soak.ts';
import { startStand, type Stand } from './stand.ts';

const CASES = 6;
/** The same lives each time, for nobody watches them here; other seeds are told by `npm run soak`, or by FUDIAN_SEED. */
const seed = process.env['FUDIAN_SEED'] ?? '103';

let stand: Stand;
let soaked: Soaked;
beforeAll(async () => {
  stand = await startStand();
  soaked = await soak(stand, {
    ...{ cases: CASES, seed, atOnce: CASES },
    pace: { fromSeconds: 20, toSeconds: 40 },
    targets: productOf(stand),
  });
}, 600_000);
afterAll(() => stand.close());

test('whole cases with random people, money and faults, and with worker and API killed, do nothing that must never happen', () => {
  expect({ seed, broken: soaked.broken, faults: soaked.verdict.faults }).toEqual({
    seed,
    broken: [],
    faults: [],
  });
});

test('every restoration that is owed is made, no message is doubled, no command is lost', () => {
  const { light, messages, commands } = soaked.verdict;
  expect(light.made).toBe(light.owed);
  expect(messages.doubled).toBe(0);
  expect(commands.lost).toBe(0);
  expect(commands.answered).toBeGreaterThan(CASES);
});
