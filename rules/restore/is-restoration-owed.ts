import { isNamedDebtCleared } from '../stop/is-named-debt-cleared.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** What is known of a stop in force. */
export interface RestorationFacts {
  readonly isInForce: boolean;
  readonly classification: 'lawful' | 'wrongful' | 'race';
  /** Open principal of the debt that caused the stop, and of nothing else; null = cannot be said (doubt). Whole fen. */
  readonly namedOpenFen: number | null;
  /** Sum printed on the red notice; null = there was none. */
  readonly printedSumFen: number | null;
  /** Standing payments recorded since the red notice, whole fen. */
  readonly paidSinceFen: number;
  readonly hasGuarantee: boolean;
  readonly hasPlan: boolean;
  readonly isOrdered: boolean;
  readonly isDisputeUpheld: boolean;
  readonly isDanger: boolean;
  readonly isMovedOut: boolean;
  /** An order protects the supply of this account today. */
  readonly isShielded: boolean;
}

/**
 * Which triggers make a restoration due now (L3, T3.1, T3.2)? Empty = supply may stay off. Later bills are not asked for;
 * in doubt about the debt supply comes back; a wrongful stop or a race is restored whatever is owed.
 */
export function isRestorationOwed(facts: RestorationFacts): readonly TriggerKind[] {
  if (!facts.isInForce) return [];
  const isPaid =
    facts.namedOpenFen === null ||
    isNamedDebtCleared({
      openFen: facts.namedOpenFen,
      printedSumFen: facts.printedSumFen,
      paidSinceFen: facts.paidSinceFen,
    });
  const found: readonly (readonly [TriggerKind, boolean])[] = [
    ['paid', isPaid],
    ['guarantee', facts.hasGuarantee],
    ['plan', facts.hasPlan],
    ['authority-order', facts.isOrdered],
    ['dispute-upheld', facts.isDisputeUpheld],
    ['wrongful-stop', facts.classification !== 'lawful'],
    ['danger', facts.isDanger],
    ['moved-out', facts.isMovedOut],
    ['shield', facts.isShielded],
  ];
  return found.filter(([, isSo]) => isSo).map(([kind]) => kind);
}
