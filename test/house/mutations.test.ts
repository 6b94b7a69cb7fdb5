import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MUTATIONS } from '../mutate/mutations.ts';
import { copyTree } from '../mutate/mutate.ts';

const root = path.resolve(import.meta.dirname, '../..');
const questionsOf = (text: string): string[] =>
  [...text.matchAll(/^ {2}\['[\w-]+', (\w+)\],$/gm)].map(([, name = '']) => name);

test('every mutation finds its text once, and its test', () => {
  for (const { file, from, to, test: shown } of MUTATIONS) {
    expect([file, readFileSync(path.join(root, file), 'utf8').split(from).length - 1]).toEqual([file, 1]);
    expect(from).not.toBe(to);
    expect([shown, existsSync(path.join(root, shown))]).toEqual([shown, true]);
  }
});

test('every question before a stop has a mutation in which it is forgotten', () => {
  const asked = questionsOf(readFileSync(path.join(root, 'rules/stop/may-stop.ts'), 'utf8'));
  expect(asked.length).toBeGreaterThan(15);
  const guards = MUTATIONS.map(({ guard }) => guard);
  for (const name of asked) expect(guards).toContain(`${name} is asked`);
});

test('a guard that is broken is noticed, and the whole tree is not called broken', () => {
  const copy = copyTree();
  try {
    const one = MUTATIONS.find(({ guard }) => guard === 'isRightMeter is asked');
    if (one === undefined) throw new Error('the mutation is gone');
    expect(copy.run(one).passed).toBe(true);
    expect(copy.broken(one, () => copy.run(one)).passed).toBe(false);
  } finally {
    copy.remove();
  }
}, 120_000);
