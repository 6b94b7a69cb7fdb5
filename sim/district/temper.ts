import type { Act, CustomerBehaviour, Stage } from './behaviour.ts';
import { customerBehaviour } from './behaviour.ts';
import type { Dice } from './dice.ts';

const pays: Act = { act: 'pay', amount: 'all', as: 'posted', webhook: 'sent' };

/** How often customers act at which stage, in a hundred. */
const habits: readonly (readonly [weight: number, acts: Partial<Record<Stage, Act[]>>])[] = [
  [44, { 'first-dunning': [pays] }],
  [18, { 'yellow-notice': [pays] }],
  [10, { 'red-notice': [pays] }],
  [7, { 'last-payment-day': [pays] }],
  [3, { 'crew-driving': [pays] }],
  [2, { 'crew-driving': [{ ...pays, as: 'in-flight' }], 'on-site': [{ act: 'post' }] }],
  [2, { 'yellow-notice': [{ ...pays, amount: 'half' }], stopped: [pays] }],
  [2, { 'yellow-notice': [pays], 'red-notice': [{ act: 'reverse' }], stopped: [pays] }],
  [2, { 'red-notice': [{ act: 'dispute' }] }],
  [1, { 'work-ticket': [{ ...pays, webhook: 'lost' }] }],
  [7, { stopped: [pays] }],
  [2, {}],
];

/** How a customer of a generated district behaves. */
export function temperOf(dice: Dice): CustomerBehaviour {
  return customerBehaviour.parse({
    acts: dice.weighed(habits),
    door: dice.weighed([
      [70, 'signs'],
      [14, 'refuses'],
      [14, 'absent'],
      [2, 'claims-paid'],
    ]),
    sms: dice.weighed([
      [92, 'delivered'],
      [4, 'undelivered'],
      [2, 'failed'],
      [2, 'never'],
    ]),
    call: dice.weighed([
      [62, ['ack']],
      [12, ['no-answer', 'ack']],
      [10, ['no-answer']],
      [6, ['hang-up']],
      [5, ['silent']],
      [3, ['busy', 'ack']],
      [2, ['failed']],
    ]),
  });
}
