import { useQuery } from '@tanstack/react-query';
import type { PersonItem } from '../../../api/shapes/me.ts';
import { useLang } from '../i18n/use-texts.ts';
import { ACTOR_TEXTS } from '../texts/actors.ts';
import { useApi } from './context.tsx';

const MOST = 200;

/** What to call whoever did something: a colleague's name where it is known, a system's, else the id itself. */
export function useNames(): (personId: string) => string {
  const api = useApi();
  const lang = useLang();
  const { data } = useQuery({
    queryKey: ['people', 'names'],
    staleTime: 300_000,
    queryFn: async () => (await api.get<{ items: PersonItem[] }>('/people', { limit: MOST })).items,
  });
  const names = new Map((data ?? []).map(({ personId, name }) => [personId, name]));
  return (personId) => names.get(personId) ?? ACTOR_TEXTS[personId]?.[lang] ?? personId;
}
