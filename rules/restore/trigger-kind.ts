/** What makes a restoration due (L3), as stored. */
export const TRIGGER_KINDS = [
  'paid',
  'guarantee',
  'plan',
  'authority-order',
  'dispute-upheld',
  'wrongful-stop',
  'danger',
  'moved-out',
  'shield',
] as const;
export type TriggerKind = (typeof TRIGGER_KINDS)[number];
