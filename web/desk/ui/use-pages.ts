import { useInfiniteQuery } from '@tanstack/react-query';
import type { Query } from '../../shared/api/client.ts';
import { useApi } from '../../shared/api/context.tsx';
import { useLang } from '../../shared/i18n/use-texts.ts';

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** A list of the API, page after page; `items` is what has been read so far. The language is part of the key: reasons come in it. */
export function usePages<T>(key: string, path: string, query: Query = {}, limit = 50) {
  const api = useApi();
  const lang = useLang();
  const list = useInfiniteQuery({
    queryKey: [key, path, query, limit, lang],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => api.get<Page<T>>(path, { ...query, limit, cursor: pageParam }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  return { ...list, items: list.data?.pages.flatMap((page) => page.items) ?? [] };
}
