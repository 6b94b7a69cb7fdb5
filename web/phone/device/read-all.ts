import type { Api } from '../../shared/api/client.ts';

const A_PAGE = 200;

/** Every page of a list: what is cut off here is not known outside. */
export async function readAll<T>(api: Api, path: string): Promise<readonly T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.get<{ items: T[]; next: string | null }>(path, { limit: A_PAGE, cursor });
    all.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return all;
}
