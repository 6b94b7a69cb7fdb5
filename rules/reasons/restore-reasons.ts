import type { ReasonTexts } from './texts.ts';

/** Texts of the reasons about restoration. */
export const RESTORE_REASON_TEXTS = {
  'no-voltage': { zh: '表后无电压', en: 'there is no voltage behind the meter' },
  'customer-says-dark': { zh: '用户反映仍无电', en: 'the customer says that it is still dark' },
  'voltage-not-read': { zh: '合闸后未核实电压', en: 'the switch is closed; the voltage has not been read' },
  'relay-open': { zh: '继电器仍断开', en: 'the relay is still open' },
  'miss-without-reason': { zh: '逾期复电未说明原因', en: 'the late restoration has no reason yet' },
  'miss-customer-not-told': { zh: '尚未向用户说明', en: 'the customer has not been told why' },
  'miss-leader-not-told': { zh: '尚未向主管领导说明', en: 'the leader in charge has not been told why' },
} as const satisfies ReasonTexts;
