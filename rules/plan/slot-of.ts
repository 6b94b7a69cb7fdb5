const SLOTS = 9_973;

/** A number that an account always has and that differs from its neighbours': what spreads accounts over hours and minutes. */
export const slotOf = (accountId: string): number =>
  // Ids are keyed hashes: their letters spread evenly.
  [...accountId].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % SLOTS, 0);
