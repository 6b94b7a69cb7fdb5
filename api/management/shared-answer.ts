import type { Db, Tx } from '../../db/database.ts';
import type { Context } from '../http/route.ts';

/** Below the time after which a screen reads sums again (`web/shared/live`), so that what it then reads is new. */
const KEPT_MS = 4_000;

interface Answer {
  readonly atMs: number;
  readonly answer: Promise<unknown>;
}

const answers = new WeakMap<Db, Map<string, Answer>>();

/** One count serves all who see the same centres: however many screens are open, the same sum is added up once in a while. */
export function sharedAnswer<T>(
  context: Context,
  question: string,
  count: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { deps, scope } = context;
  const kept = answers.get(deps.db) ?? new Map<string, Answer>();
  answers.set(deps.db, kept);
  const nowMs = performance.now();
  for (const [key, { atMs }] of kept) if (nowMs - atMs >= KEPT_MS) kept.delete(key);
  const centres = scope.centreIds === '*' ? '*' : scope.centreIds.toSorted().join(',');
  const key = JSON.stringify([scope.companyId, centres, question]);
  const known = kept.get(key);
  if (known !== undefined) return known.answer as Promise<T>;
  const answer = context.read(count);
  kept.set(key, { atMs: nowMs, answer });
  // Whoever asked is told; nobody else gets the failure a second time.
  answer.catch(() => kept.delete(key));
  return answer;
}
