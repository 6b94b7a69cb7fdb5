/**
 * Is the named debt cleared (T2.8, L3)? When nothing of it is open, or when the sum printed on the red notice has been paid
 * since, whatever the money was booked on. `printedSumFen` null: no notice was served. Whole fen.
 */
export const isNamedDebtCleared = (facts: {
  openFen: number;
  printedSumFen: number | null;
  paidSinceFen: number;
}): boolean =>
  facts.openFen <= 0 || (facts.printedSumFen !== null && facts.paidSinceFen >= facts.printedSumFen);
