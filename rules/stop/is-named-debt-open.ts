import { NOTHING_AGAINST, unknown, type Finding, type StopFacts } from './facts.ts';
import { isNamedDebtCleared } from './is-named-debt-cleared.ts';
import type { Reason } from '../verdict.ts';

/** What is still open of the named bills, whole fen. */
export const namedOpenFen = (facts: StopFacts): number =>
  facts.bills.reduce((sum, bill) => sum + (facts.namedBillIds.includes(bill.billId) ? bill.openFen : 0), 0);

/**
 * Is the debt that was named still owed (T2.5, T2.6, T2.8)? Only electricity, only undisputed, not below the minimum; a named
 * bill that the mirror does not know makes the answer unknown.
 */
export function isNamedDebtOpen(facts: StopFacts): Finding {
  if (facts.namedBillIds.length === 0) return unknown({ code: 'no-named-debt', clause: 'L2.30' });
  const named = facts.bills.filter((bill) => facts.namedBillIds.includes(bill.billId));
  const absent = facts.namedBillIds.length - named.length;
  const openFen = namedOpenFen(facts);
  const reasons: Reason[] = [];
  const foreign = named.filter((bill) => bill.service !== 'electricity').length;
  const disputed = named.filter((bill) => bill.disputed).length;
  if (foreign > 0) reasons.push({ code: 'other-service-named', clause: 'L2.30', params: { bills: foreign } });
  if (disputed > 0) reasons.push({ code: 'named-bill-disputed', clause: 'L5', params: { bills: disputed } });
  const isCleared = isNamedDebtCleared({
    openFen,
    printedSumFen: facts.red?.sumFen ?? null,
    paidSinceFen: facts.paidSinceRedFen,
  });
  if (absent === 0 && isCleared) reasons.push({ code: 'named-debt-paid', clause: 'T2.6' });
  else if (absent === 0 && openFen < facts.policy.minimumDebtFen)
    reasons.push({
      code: 'below-minimum-debt',
      clause: 'T2.0',
      params: { openFen, minimumFen: facts.policy.minimumDebtFen },
    });
  if (absent === 0) return reasons.length === 0 ? NOTHING_AGAINST : { reasons, missing: [] };
  return { reasons, missing: [{ code: 'named-bill-unknown', clause: 'T2.6', params: { bills: absent } }] };
}
