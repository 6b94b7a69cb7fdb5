import { expect, test } from 'vitest';
import { ALL_ACTIVITIES } from '../crash/points.ts';
import { REACHED_BY } from '../crash/reached-by.ts';

test('every activity has a life in which the worker dies behind it', () => {
  expect(Object.keys(REACHED_BY).toSorted()).toEqual(ALL_ACTIVITIES);
});
