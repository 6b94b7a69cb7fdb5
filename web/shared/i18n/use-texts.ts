import { useCallback, useSyncExternalStore } from 'react';
import { lang, onLang, say, sayCode, type Dictionary, type Fill, type Lang } from './i18n.ts';

export const useLang = (): Lang => useSyncExternalStore(onLang, lang);

/** `t('key', values)` says a text of the dictionary in the reader's language, `t.code('x')` the word for a code of the API. */
export function useTexts<D extends Dictionary>(dictionary: D) {
  const now = useLang();
  return useCallback(
    Object.assign((key: keyof D & string, values?: Fill): string => say(dictionary, key, values), {
      code: (code: string, prefix?: string): string => sayCode(dictionary, code, prefix),
      lang: now,
    }),
    // The language is what makes the words change.
    [dictionary, now],
  );
}

export type Texts<D extends Dictionary> = ReturnType<typeof useTexts<D>>;
