import { verdictOf, type Verdict } from '../verdict.ts';

/** What is offered as proof that supply is back. */
export type SupplyProof =
  | { readonly kind: 'voltage'; readonly voltagePresent: boolean; readonly readingKwh?: number }
  /** The customer's own word: 灯亮了. */
  | { readonly kind: 'customer'; readonly saysLightIsOn: boolean }
  /** A closed relay or a crew's word alone. */
  | { readonly kind: 'switch'; readonly relayClosed: boolean };

/** Is supply proven to be back (T3.3)? By voltage behind the switch or by the customer; a closed relay alone proves nothing. */
export function isSupplyProven(proof: SupplyProof): Verdict {
  switch (proof.kind) {
    case 'voltage':
      return verdictOf(proof.voltagePresent ? [] : [{ code: 'no-voltage', clause: 'T3.3' }], []);
    case 'customer':
      return verdictOf(proof.saysLightIsOn ? [] : [{ code: 'customer-says-dark', clause: 'T3.3' }], []);
    case 'switch':
      return proof.relayClosed
        ? verdictOf([], [{ code: 'voltage-not-read', clause: 'T3.3' }])
        : verdictOf([{ code: 'relay-open', clause: 'T3.3' }], []);
  }
}
