import type { Api } from '../../shared/api/client.ts';
import { problemOf, type ApiProblem } from '../../shared/api/problem.ts';
import { putAct, readAct, readActs, type Act } from './store.ts';

/** No answer, or one that says "later": the act stays where it is. A refusal is an answer. */
const isLater = ({ status, code }: ApiProblem): boolean =>
  status === 0 || status === 401 || status === 429 || status >= 500 || code === 'request-in-progress';

/** Nothing else would get through either. */
const isNoWay = ({ status }: ApiProblem): boolean =>
  status === 0 || status === 401 || status === 429 || status === 502 || status === 503;

async function post(api: Api, act: Act): Promise<Act> {
  let now = act;
  for (const [n, { bytes, type }] of act.pictures.entries()) {
    if (now.stored[n] !== undefined) continue;
    const key = `${act.id}-${n + 1}`;
    const { sha256 } = await api.postBytes<{ sha256: string }>('/proofs', new Blob([bytes], { type }), key);
    now = { ...now, stored: [...now.stored, sha256] };
    await putAct(now);
  }
  const body = act.pictures.length === 0 ? act.body : { ...act.body, proofs: now.stored };
  const answer = await api.post<Record<string, unknown>>(act.path, body, act.id);
  const { problem: _, ...rest } = now;
  return { ...rest, state: 'sent', answer, pictures: [] };
}

/** Tries one act; every outcome is kept before anything else happens. @returns the problem where there was one */
async function tryOne(api: Api, act: Act): Promise<ApiProblem | undefined> {
  try {
    await putAct(await post(api, act));
    return undefined;
  } catch (error) {
    const problem = problemOf(error);
    const { status, title, detail, whatNow, reasons } = problem;
    const kept = (await readAct(act.id)) ?? act;
    await putAct({
      ...kept,
      state: isLater(problem) ? 'waiting' : 'refused',
      problem: { status, title, detail, whatNow, reasons, at: new Date().toISOString() },
    });
    return problem;
  }
}

/**
 * Sends what waits, in the order in which it was done; what belongs to the same notice or ticket never overtakes. One page of
 * this device at a time.
 */
export function sendWaiting(api: Api, personId: string, onChange: () => Promise<void>): Promise<void> {
  const run = async (): Promise<void> => {
    const behind = new Set<string>();
    for (const { id } of await readActs(personId)) {
      const act = await readAct(id);
      if (act === undefined || act.state !== 'waiting' || behind.has(act.about.ref)) continue;
      const problem = await tryOne(api, act);
      await onChange();
      if (problem !== undefined && isLater(problem)) behind.add(act.about.ref);
      if (problem !== undefined && isNoWay(problem)) return;
    }
  };
  // A browser without locks may try twice at once; the key makes it one act all the same.
  return 'locks' in navigator ? navigator.locks.request(`fudian-send ${personId}`, run) : run();
}
