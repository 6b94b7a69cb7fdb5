import { sha256Hex } from './sha256.ts';

/** How the draw is done, published with it; a change of the method gets a new name. */
export const DRAW_METHOD = 'sha256-rank-1';

/** Classes of G3.5, each of which is drawn by itself. */
export const DRAW_CLASSES = ['dedicated-transformer', 'commercial', 'residential'] as const;
export type DrawClass = (typeof DRAW_CLASSES)[number];

/** Which class a customer is drawn in. */
export function drawClassOf(category: string, customerClass: 'resident' | 'non-resident'): DrawClass {
  if (['dedicated-transformer', 'important', 'continuous-process'].includes(category))
    return 'dedicated-transformer';
  return customerClass === 'resident' ? 'residential' : 'commercial';
}

/** How many of a class are drawn: the share, rounded up, so that it is never below it. */
export const winnersOf = (population: number, sharePermille: number): number =>
  Math.ceil((population * sharePermille) / 1000);

export interface Drawn {
  readonly id: string;
  /** 1 is the first. */
  readonly rank: number;
  readonly won: boolean;
}

/**
 * The draw of one class (G3.5): whoever has the smallest SHA-256 of `seed/class/id` is first. Needs nothing but the published seed,
 * class and list of ids, so that anybody with a hash program comes to the same list.
 */
export function drawOf(
  seed: string,
  drawClass: DrawClass,
  ids: readonly string[],
  sharePermille: number,
): Drawn[] {
  const winners = winnersOf(ids.length, sharePermille);
  return ids
    .map((id) => ({ id, hash: sha256Hex(`${seed}/${drawClass}/${id}`) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : a.id < b.id ? -1 : 1))
    .map(({ id }, index) => ({ id, rank: index + 1, won: index < winners }));
}
