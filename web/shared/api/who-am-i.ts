import type { Me } from '../../../api/shapes/me.ts';
import type { Entry } from '../auth/session.ts';
import type { Api } from './client.ts';
import { problemOf } from './problem.ts';

const KEPT = 'fudian.me';

function kept(): Me | undefined {
  const text = sessionStorage.getItem(KEPT);
  return text === null ? undefined : (JSON.parse(text) as Me);
}

/**
 * Who has signed in. A phone that was loaded again without a network goes on as who this tab was; what is sent later is
 * checked then. @throws ApiProblem
 */
export async function whoAmI(api: Api, entry: Entry): Promise<Me> {
  const before = entry === 'm' ? kept() : undefined;
  if (before !== undefined && !navigator.onLine) return before;
  try {
    const me = await api.get<Me>('/me');
    if (entry === 'm') sessionStorage.setItem(KEPT, JSON.stringify(me));
    return me;
  } catch (error) {
    if (before !== undefined && problemOf(error).status === 0) return before;
    throw error;
  }
}
