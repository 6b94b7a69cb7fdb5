import { expect, test } from 'vitest';
import { together } from '../../../worker/outbox/together.ts';

test('what is asked at one moment goes in one call, each answered by its own key, and the next moment in another', async () => {
  const calls: (readonly string[])[] = [];
  const lengthOf = together((keys) => {
    calls.push(keys);
    return Promise.resolve(new Map(keys.filter((key) => key !== 'none').map((key) => [key, key.length])));
  });
  expect(await Promise.all([lengthOf('a'), lengthOf('bb'), lengthOf('a'), lengthOf('none')])).toEqual([
    1,
    2,
    1,
    undefined,
  ]);
  expect(await lengthOf('ccc')).toBe(3);
  expect(calls).toEqual([['a', 'bb', 'none'], ['ccc']]);
});

test('what fails fails for each that was in it, and for nobody afterwards', async () => {
  let isDown = true;
  const ask = together((keys) =>
    isDown ? Promise.reject(new Error('down')) : Promise.resolve(new Map(keys.map((key) => [key, true]))),
  );
  const asked = await Promise.allSettled([ask('a'), ask('b')]);
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isDown = false;
  expect(await ask('a')).toBe(true);
});
