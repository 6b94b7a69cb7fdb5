import { z } from 'zod';
import { callBehaviour, smsBehaviours } from '../carrier/behaviour.ts';

/** Points of the procedure at which a customer may act. */
export const stages = [
  'first-dunning',
  'yellow-notice',
  'red-notice',
  'last-payment-day',
  'work-ticket',
  'second-notice',
  'crew-driving',
  'on-site',
  'stopped',
  'restored',
] as const;
export type Stage = (typeof stages)[number];

const act = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.literal('pay'),
    /** `all` and `half` are of the electricity principal that is open then; a number is fen. */
    amount: z.union([z.enum(['all', 'half']), z.int().positive()]).default('all'),
    /** `in-flight`: the channel has it, billing has not posted it. */
    as: z.enum(['posted', 'in-flight']).default('posted'),
    webhook: z.enum(['sent', 'lost']).default('sent'),
  }),
  /** Billing posts the money that was in flight. */
  z.strictObject({ act: z.literal('post') }),
  /** The last payment bounces. */
  z.strictObject({ act: z.literal('reverse') }),
  z.strictObject({ act: z.literal('dispute') }),
  z.strictObject({ act: z.literal('end-dispute') }),
  /** The customer writes an SMS to us. */
  z.strictObject({ act: z.literal('write'), text: z.string().min(1) }),
]);
export type Act = z.output<typeof act>;

/** What the reader meets at the door. */
export const doors = ['signs', 'refuses', 'absent', 'claims-paid'] as const;

export const customerBehaviour = z.strictObject({
  door: z.enum(doors).default('signs'),
  sms: z.enum(smsBehaviours).default('delivered'),
  /** One is used up by each call; the last repeats. */
  call: z.array(callBehaviour).min(1).default(['ack']),
  acts: z.partialRecord(z.enum(stages), z.array(act)).default({}),
});
export type CustomerBehaviour = z.output<typeof customerBehaviour>;
export type CustomerBehaviourInput = z.input<typeof customerBehaviour>;
