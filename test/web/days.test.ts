import { test } from 'vitest';
import { operate } from './days/operator.ts';
import { shieldAndLift } from './days/shields.ts';
import { makeGood } from './days/wrongful-stop.ts';
import { useBrowser } from './support/browser.ts';

const up = useBrowser();

test('T3.4: a wrongful stop is made good part by part on its page, and closed once the light is back', () =>
  makeGood(up()));

test('L10: shields are set for one account and for a region, seen in force, and lifted', () =>
  shieldAndLift(up()));

test('68: the operator lands on what needs attention, compares the books, tells others and enters a year', () =>
  operate(up()));
