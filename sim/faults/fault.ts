import { z } from 'zod';

export const faultySystems = [
  'billing',
  'carrier',
  'mail',
  'wechat',
  'field-work',
  'meter',
  'government',
  'credit-platform',
  'idp',
] as const;
export type FaultySystem = (typeof faultySystems)[number];

/** Faults of an answer to a request. */
export const requestFaults = ['time-out', '500', '429', 'wrong-answer', 'drop-after-accept'] as const;
export type RequestFault = (typeof requestFaults)[number];

/** Faults of a webhook that billing or the carrier sends. */
export const webhookFaults = ['duplicate-webhook', 'lost-webhook', 'late-webhook'] as const;
export type WebhookFault = (typeof webhookFaults)[number];

const faultMatch = z.strictObject({
  /** Part of the path of the request, or of the webhook's address. */
  path: z.string().min(1).optional(),
  accountNo: z.string().optional(),
  phone: z.string().optional(),
  meterNo: z.string().optional(),
  /** Receiver of a mail. */
  address: z.string().optional(),
});

/** What a person or a test switches on; `times` absent means until it is taken away. */
export const faultSpec = z
  .strictObject({
    system: z.enum(faultySystems),
    fault: z.enum([...requestFaults, ...webhookFaults]),
    match: faultMatch.optional(),
    times: z.int().positive().optional(),
    /** Before the answer (500, 429, wrong-answer), until the connection is cut (time-out), before a late webhook. */
    delayMs: z.int().nonnegative().optional(),
    /** For `wrong-answer`: what is answered instead of a page of HTML. */
    answer: z.strictObject({ status: z.int().min(200).max(599), body: z.unknown() }).optional(),
  })
  .refine(
    (spec) => spec.system === 'billing' || spec.system === 'carrier' || !isOneOf(webhookFaults, spec.fault),
    { message: 'only billing and carrier send webhooks', path: ['fault'] },
  )
  .refine((spec) => spec.answer === undefined || (spec.fault === 'wrong-answer' && spec.system !== 'mail'), {
    message: 'only a wrong-answer over HTTP has an answer',
    path: ['answer'],
  });
export type FaultSpec = z.input<typeof faultSpec>;

/** A fault that is switched on; `left` is null when it never ends. */
export type Fault = z.output<typeof faultSpec> & { id: number; left: number | null };

/** What a request or a webhook is about, as far as its system can tell. */
export interface FaultSubject {
  path?: string | undefined;
  accountNo?: string | undefined;
  phone?: string | undefined;
  meterNo?: string | undefined;
  addresses?: readonly string[] | undefined;
}

/** Whether `value` is one of the listed words. */
export function isOneOf<Word extends string>(words: readonly Word[], value: string): value is Word {
  return words.some((word) => word === value);
}
