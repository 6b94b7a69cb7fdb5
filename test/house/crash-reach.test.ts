import { expect, test } from 'vitest';
import { ALL_ACTIVITIES } from '../crash/points.ts';
import { NOT_REACHED, REACHED_BY } from '../crash/reached-by.ts';

test('every activity has a life in which the worker dies behind it, or is named as one that has none', () => {
  expect([...Object.keys(REACHED_BY), ...NOT_REACHED].toSorted()).toEqual(ALL_ACTIVITIES);
});
