import { z } from 'zod';
import type { Statements } from '../books/books.ts';
import { toE164 } from '../http/phone.ts';

/** What becomes of a message to a phone; `never`: it stays "sent", no receipt comes. */
export const smsBehaviours = ['delivered', 'undelivered', 'failed', 'never'] as const;
export type SmsBehaviour = (typeof smsBehaviours)[number];

/** What the customer does with a call: `ack` answers and presses 1, `press-9` another key, `silent` listens and presses nothing. */
export const callBehaviour = z.union([
  z.enum(['ack', 'hang-up', 'silent', 'no-answer', 'busy', 'failed']),
  z.templateLiteral(['press-', z.string().regex(/^[0-9*#]+$/)]),
]);
export type CallBehaviour = z.output<typeof callBehaviour>;

export const phoneBehaviour = z.strictObject({
  phone: z.string().min(1),
  sms: z.enum(smsBehaviours).default('delivered'),
  /** One is used up by each call; the last repeats. */
  call: z.array(callBehaviour).min(1).default(['ack']),
  /** Pause between two steps of a message or call to this phone. */
  delayMs: z.int().nonnegative().optional(),
});
export type PhoneBehaviour = z.input<typeof phoneBehaviour>;

/** Sets how phones behave from now on; no phone twice. */
export async function setBehaviours(
  books: Statements,
  behaviours: readonly z.output<typeof phoneBehaviour>[],
): Promise<void> {
  const rows = behaviours.map((behaviour) => ({ ...behaviour, phone: toE164(behaviour.phone) }));
  await books.rows(
    `insert into carrier_behaviour (phone, sms, calls, delay_ms)
     select given ->> 'phone', given ->> 'sms', array(select jsonb_array_elements_text(given -> 'call')),
            (given ->> 'delayMs')::integer
       from jsonb_array_elements($1::jsonb) as given
     on conflict (phone) do update set sms = excluded.sms, calls = excluded.calls, used = 0, delay_ms = excluded.delay_ms`,
    [JSON.stringify(rows)],
  );
}

/** How a phone treats a message; a phone nobody spoke of gets it delivered. */
export async function smsBehaviourOf(
  books: Statements,
  phone: string,
  paceMs: number,
): Promise<{ sms: SmsBehaviour; delayMs: number }> {
  const [row] = await books.rows<{ sms: SmsBehaviour; delay_ms: number | null }>(
    'select sms, delay_ms from carrier_behaviour where phone = $1',
    [phone],
  );
  return { sms: row?.sms ?? 'delivered', delayMs: row?.delay_ms ?? paceMs };
}

/** Uses up the next behaviour for a call; a phone nobody spoke of acknowledges. */
export async function nextCallBehaviour(
  books: Statements,
  phone: string,
  paceMs: number,
): Promise<{ call: CallBehaviour; delayMs: number }> {
  const [row] = await books.rows<{ calls: CallBehaviour[]; used: number; delay_ms: number | null }>(
    'update carrier_behaviour set used = used + 1 where phone = $1 returning calls, used, delay_ms',
    [phone],
  );
  if (!row) return { call: 'ack', delayMs: paceMs };
  const call = row.calls[Math.min(row.used, row.calls.length) - 1] ?? 'ack';
  return { call, delayMs: row.delay_ms ?? paceMs };
}
