import type { Mutation } from './mutation.ts';

const real = (guard: string, file: string, from: string, to: string, test: string): Mutation => ({
  ...{ guard, file, from, to, project: 'real', test: `test/${test}` },
});

/** Guards where facts are stored, acts done and questions answered. */
export const OF_ACTS: readonly Mutation[] = [
  real(
    'a payment takes back the permit',
    'intake/stand-down.ts',
    "update permits set status = 'revoked'",
    "update permits set status = 'granted'",
    'intake/payments',
  ),
  real(
    'a late report catches up',
    'intake/crew/record-execution.ts',
    'await reviewCauses(tx, account);',
    'if (account.nowMs < 0) await reviewCauses(tx, account);',
    'intake/crew/late-report.test.ts',
  ),
  real(
    'served stays served after a slip',
    'intake/crew/record-execution.ts',
    "n.kind = 'red' and n.served_at is not null",
    "n.kind = 'red' and n.status = 'served'",
    'intake/crew/late-report.test.ts',
  ),
  real(
    'an order is recalled behind itself',
    'activities/live/dispatch-ticket.ts',
    'if (recalled !== undefined)',
    'if (recalled === undefined && at.ticketId === "")',
    'activities/dispatch-ticket.test.ts',
  ),
  real(
    'a lost answer is found done',
    'api/http/command-id.ts',
    'caller.personId, commandKey, part',
    'caller.personId, commandKey, part, String(Math.random())',
    'api/idempotency.test.ts',
  ),
  real(
    'nonsense is no call',
    'systems/voice/twilio-voice.ts',
    'sidOf(call.sid)',
    'call.sid',
    'sim/carrier-nonsense.test.ts',
  ),
  real(
    'nonsense is no message',
    'systems/sms/twilio-sms.ts',
    'return { providerId: sidOf(message.sid) };',
    'return { providerId: message.sid };',
    'sim/carrier-nonsense.test.ts',
  ),
  real(
    'two stops for one ticket',
    'intake/crew/record-execution.ts',
    'if (earlier !== undefined) {',
    'if (earlier === null) {',
    'intake/crew/record-execution.test.ts',
  ),
  real(
    'the ticket is of this attempt',
    'activities/case/decide-permit.ts',
    "if (at.ticketId !== stopTicketId(at)) return refusedFor('ticket-of-another-attempt', 'T2.3');",
    '',
    'activities/decide-permit.test.ts',
  ),
  real(
    'a line written in the same moment is looked at again',
    'intake/credit/judge-now.ts',
    'if (!isTaken(error)) throw error;',
    'if (error !== null) throw error;',
    'credit/judged-at-once.test.ts',
  ),
  real(
    'a run passes over nobody for it',
    'activities/credit/judge-stretch.ts',
    'isTaken(error) ? once()',
    'isTaken(null) ? once()',
    'credit/judged-at-once.test.ts',
  ),
  real(
    'evidence without a lost proof',
    'api/evidence.ts',
    '    if (!(await context.deps.systems.blobs.has(sha256))) continue;\n',
    '',
    'evidence/evidence.test.ts',
  ),
  real(
    'what is not declared stays inside',
    'api/http/declared.ts',
    'return parsed.data;',
    'return body;',
    'api/declared.test.ts',
  ),
  real(
    'one local step at a time',
    'workflows/one-at-a-time.ts',
    '    isBusy = true;\n',
    '',
    'workflows/one-at-a-time.test.ts',
  ),
];
