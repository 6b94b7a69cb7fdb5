import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { noteWhoseItIs, removeLeftClusters } from '../../tools/postgres/left-clusters.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-left-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a cluster goes with the folder it belongs to; one whose folder is there stays, and so do archives, what nobody named and what was not made to be thrown away', () => {
  const place = path.join(folder, 'place');
  const at = (...names: string[]): string => path.join(folder, ...names);
  for (const name of [
    'postgres-gone',
    'postgres-gone-archive',
    'postgres-kept',
    'postgres-nobodys',
    'postgres-real',
    'other',
  ])
    mkdirSync(path.join(place, name), { recursive: true });
  mkdirSync(at('kept'));
  noteWhoseItIs(path.join(place, 'postgres-gone'), at('gone'));
  noteWhoseItIs(path.join(place, 'postgres-kept'), at('kept'));
  noteWhoseItIs(path.join(place, 'postgres-real'), path.join(path.parse(folder).root, 'moved', 'elsewhere'));
  expect(removeLeftClusters(place)).toEqual([path.join(place, 'postgres-gone')]);
  expect(readdirSync(place).sort()).toEqual([
    'other',
    'postgres-gone-archive',
    'postgres-kept',
    'postgres-kept.of',
    'postgres-nobodys',
    'postgres-real',
  ]);
  expect(removeLeftClusters(path.join(folder, 'nowhere'))).toEqual([]);
});
