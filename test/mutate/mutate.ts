import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Mutation } from './mutation.ts';

const root = path.resolve(import.meta.dirname, '../..');
const LEFT_OUT = new Set(['node_modules', '.git', '.fudian', 'dist']);

/** A copy of the tree to break things in. */
export interface Copy {
  readonly folder: string;
  /** Runs tests there. @returns whether they passed, and the end of what was said */
  run(mutation: Pick<Mutation, 'project' | 'test'>): { readonly passed: boolean; readonly said: string };
  /** Breaks the guard while `work` runs. @throws RangeError when its text does not stand there exactly once */
  broken<T>(mutation: Mutation, work: () => T): T;
  remove(): void;
}

export function copyTree(): Copy {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-mutate-'));
  cpSync(root, folder, { recursive: true, filter: (source) => !LEFT_OUT.has(path.relative(root, source)) });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  const program = path.join(root, 'node_modules/vitest/vitest.mjs');
  return {
    folder,
    run({ project, test }) {
      const done = spawnSync(process.execPath, [program, 'run', '--project', project, '--bail', '1', test], {
        ...{ cwd: folder, encoding: 'utf8', timeout: 300_000 },
        env: { ...process.env, FUDIAN_STORIES: '600', FUDIAN_SEED: '7' },
      });
      const said = `${done.stdout}${done.stderr}`;
      // A run that breaks off, or finds no test, has noticed nothing.
      const ran = /Tests .*\d+ (passed|failed)/.test(stripVTControlCharacters(said));
      if (!ran) throw new Error(`${test} did not run:\n${said.slice(-1_500)}`);
      return { passed: done.status === 0, said: said.slice(-1_500) };
    },
    broken(mutation, work) {
      const file = path.join(folder, mutation.file);
      const text = readFileSync(file, 'utf8');
      const found = text.split(mutation.from).length - 1;
      if (found !== 1) throw new RangeError(`${mutation.file}: found ${found} times: ${mutation.from}`);
      writeFileSync(
        file,
        text.replace(mutation.from, () => mutation.to),
      );
      try {
        return work();
      } finally {
        writeFileSync(file, text);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
