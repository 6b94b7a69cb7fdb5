import type { Mutation } from './mutation.ts';

const door = (guard: string, file: string, from: string, to: string, test: string): Mutation => ({
  ...{ guard, file, from, to, project: 'real', test: `test/${test}` },
});

/** Guards where somebody comes in: signatures, tokens, roles, centres, keys of commands and events; and where something leaves. */
export const OF_DOORS: readonly Mutation[] = [
  door(
    'billing signs what it tells',
    'api/webhooks/billing.ts',
    "if (!isOurs) throw new Problem(401, 'signature-invalid');",
    '',
    'api/webhooks.test.ts',
  ),
  door(
    'the carrier signs what it tells',
    'api/webhooks/carrier.ts',
    "if (!isOurs) throw new Problem(403, 'signature-invalid');",
    '',
    'api/webhooks.test.ts',
  ),
  door(
    'an event of billing is stored once',
    'intake/payments/know-event.ts',
    'if (isNew > 0) return false;',
    'if (isNew >= 0) return false;',
    'api/webhooks.test.ts',
  ),
  door(
    'an event keeps its words',
    'intake/payments/know-event.ts',
    'if (known?.sha256 !== event.sha256)',
    'if (known === undefined)',
    'api/webhooks.test.ts',
  ),
  door(
    'a token of another audience',
    'api/http/authenticate.ts',
    '        audience: rules.audience,\n',
    '',
    'security/tokens.test.ts',
  ),
  door(
    'a token of another company',
    'api/http/authenticate.ts',
    "if (company !== rules.companyId) throw new Problem(403, 'other-company');",
    '',
    'security/tokens.test.ts',
  ),
  door(
    'each route has its roles',
    'api/http/register.ts',
    'if (route.roles.some((role) => caller.roles.includes(role))) return;',
    'if (route.roles.length > 0) return;',
    'api/table.test.ts',
  ),
  door(
    'each person has their centres',
    'db/database.ts',
    "centreIds === '*' ? '*'",
    "centreIds.length > 0 ? '*'",
    'api/scope.test.ts',
  ),
  door(
    'a command under its key is carried out once',
    'api/http/idempotency.ts',
    'if (earlier !== undefined && earlier.status !== null)',
    'if (earlier !== undefined && earlier.status === -1)',
    'api/idempotency.test.ts',
  ),
  door(
    'a key stays with its command',
    'api/http/idempotency.ts',
    'if (earlier !== undefined && earlier.request_hash !== hash)',
    "if (earlier !== undefined && earlier.request_hash === '')",
    'api/idempotency.test.ts',
  ),
  door(
    'a permit is used once',
    'activities/case/decide-permit.ts',
    "if (live.status === 'used') return refusedFor('permit-already-used', 'T2.7');",
    '',
    'activities/decide-permit.test.ts',
  ),
  door(
    'a permit stays with its crew',
    'activities/case/decide-permit.ts',
    'return live.crew_id === at.crewId ?',
    "return live.crew_id !== '' ?",
    'activities/decide-permit.test.ts',
  ),
  door(
    'one message for each key',
    'activities/outbound/send-message.ts',
    'sinceMs === null ? [] : await deps.systems.sms.find(',
    'sinceMs !== -1 ? [] : await deps.systems.sms.find(',
    'operations/lost-answer.test.ts',
  ),
  door(
    'one call for each message',
    'activities/outbound/send-message.ts',
    'and message_id <> $2`',
    'and message_id = $2`',
    'operations/lost-answer.test.ts',
  ),
  door(
    'a proof is what it was',
    'db/evidence/verify-evidence.ts',
    '...(canonical(expected) === canonical(file.manifest) ? [] : differences(expected, file)),',
    '',
    'evidence/evidence.test.ts',
  ),
  door(
    'an evidence file is sealed',
    'db/evidence/verify-evidence.ts',
    "...(isSealed(file.manifest.root, file.seal) ? [] : ['the seal does not belong to this file']),",
    '',
    'evidence/evidence.test.ts',
  ),
];
