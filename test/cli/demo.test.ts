import { expect, test } from 'vitest';
import { run } from '../../cli/fudian.ts';
import { EXIT } from '../../cli/core/exit.ts';

test('the demo tells every story of the street, with its reasons, on a stack of its own', async () => {
  const out: string[] = [];
  const errors: string[] = [];
  const world = {
    env: process.env,
    out: (text: string) => void out.push(text),
    err: (text: string) => void errors.push(text),
  };
  // Long enough for the first notices; the sixty days are the same steps again.
  const code = await run(['demo', '--days', '4', '--lang', 'en'], world);
  process.exitCode = undefined;
  const told = out.join('\n');
  expect(`${code} ${errors.join(' ')}`).toMatch(/^0 /);
  expect(told).toContain('pays after the first reminder');
  expect(told).toContain('case closed: paid');
  expect(told).toContain('an order protects the supply');
  expect(told).toContain('a protected person lives here');
  expect(told).toMatch(/12 customers, 4 days, \d+ s\./);
}, 120_000);

test('a senseless number of days is wrong use', async () => {
  const code = await run(['demo', '--days', '0'], { env: {}, out: () => undefined, err: () => undefined });
  process.exitCode = undefined;
  expect(code).toBe(EXIT.usage);
});
