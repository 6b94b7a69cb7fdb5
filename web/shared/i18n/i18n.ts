/** Chinese is the first language of the console, English the other. */
export type Lang = 'zh' | 'en';
export const LANGS: readonly Lang[] = ['zh', 'en'];

/** Texts of one area in both languages; `{name}` is filled in. */
export type Dictionary = Readonly<Record<string, Readonly<Record<Lang, string>>>>;

const KEPT = 'fudian.lang';
const listeners = new Set<() => void>();

const isLang = (value: unknown): value is Lang => value === 'zh' || value === 'en';

function firstLang(): Lang {
  try {
    const kept = localStorage.getItem(KEPT);
    if (isLang(kept)) return kept;
  } catch {
    // A browser that keeps nothing starts in Chinese each time.
  }
  return 'zh';
}

let current: Lang = firstLang();

export const lang = (): Lang => current;

/** Changes the language at once, on every part of the page, and keeps it for the next visit. */
export function setLang(next: Lang): void {
  current = next;
  try {
    localStorage.setItem(KEPT, next);
  } catch {
    // It holds until the page is closed.
  }
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  for (const listener of listeners) listener();
}

export function onLang(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export type Fill = Readonly<Record<string, string | number>>;

/** One text with its values. */
export function fill(text: string, values: Fill = {}): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Says a text of a dictionary; a code without a text of its own is shown as it is. */
export function say<D extends Dictionary>(dictionary: D, key: keyof D & string, values?: Fill): string {
  return fill(dictionary[key]?.[current] ?? key, values);
}

/** The same for a key that comes from the API, which may know more words than this page. */
export const sayCode = (dictionary: Dictionary, code: string, prefix = ''): string =>
  dictionary[`${prefix}${code}`]?.[current] ?? code;
