import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What the command line needs to know of a stack that runs; holds secrets, so only its owner may read it. */
export interface StackState {
  readonly apiUrl: string;
  /** Root of the simulated district; null where every outside system is a real one. */
  readonly simOrigin: string | null;
  /** Every setting of settings/settings.ts with which worker and API were started. */
  readonly env: Readonly<Record<string, string>>;
}

const fileOf = (dataDir: string): string => path.join(dataDir, 'state.json');

/** Reads a JSON file of the data folder, or undefined when it is not there. */
export function readJson<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

/** Writes a JSON file that only its owner may read. */
export function writeJson(file: string, value: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}

/** What the stack on this folder left for others, or undefined when none runs. */
export const readState = (dataDir: string): StackState | undefined => readJson<StackState>(fileOf(dataDir));

/** Tells the command line where the stack is; call the result when it stops. */
export function writeState(dataDir: string, state: StackState): () => void {
  const file = fileOf(dataDir);
  writeJson(file, state);
  return () => rmSync(file, { force: true });
}
