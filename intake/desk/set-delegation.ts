import type { Tx } from '../../db/database.ts';
import { randomUUID } from 'node:crypto';
import { IntakeRefused, type Intake } from '../deps.ts';
import { deskNowMs, keepDeskRecord } from './keep-desk-record.ts';

/** Somebody signs in another's place for a time (T3.4). Instants are ISO. */
export interface DelegationFact {
  fromPerson: string;
  toPerson: string;
  role: 'station-head' | 'marketing-manager' | 'company-head' | 'company-president' | 'government-liaison';
  validFrom: string;
  validTo: string;
  by: string;
  /** Roles of the verified token of `by`. */
  roles: readonly string[];
  /** The same fact told twice is one delegation; drawn where it is left out. */
  factId?: string;
}

/** Who may arrange it for somebody who is away. */
const ARRANGES = new Set(['company-head', 'company-president']);

function check(fact: DelegationFact): void {
  if (fact.fromPerson === fact.toPerson) throw new IntakeRefused('delegation-to-oneself', 422);
  // Nobody hands a signature to himself.
  if (fact.by === fact.toPerson) throw new IntakeRefused('four-eyes', 409);
  const isOwn = fact.by === fact.fromPerson && fact.roles.includes(fact.role);
  const mayArrange = fact.by !== fact.fromPerson && fact.roles.some((role) => ARRANGES.has(role));
  if (!isOwn && !mayArrange) throw new IntakeRefused('role-not-held', 409, { role: fact.role });
}

async function keptFrom(tx: Tx, delegationId: string, elseFrom: string): Promise<string> {
  const kept = await tx.row<{ valid_from: string }>(
    'select valid_from from delegations where delegation_id = $1',
    [delegationId],
  );
  return kept?.valid_from ?? elseFrom;
}

/**
 * Records a delegation, from now on at the earliest: a signature given before it stays invalid.
 * @throws IntakeRefused `role-not-held`, `four-eyes` (409), `delegation-to-oneself`, `dates-reversed`, `not-a-date` (422)
 */
export function setDelegation(
  intake: Intake,
  fact: DelegationFact,
): Promise<{ delegationId: string; validFrom: string }> {
  return intake.db.tx(intake.scope, async (tx) => {
    check(fact);
    const { companyId } = intake.scope;
    const delegationId = `delegation/${fact.factId ?? randomUUID()}`;
    const [askedFromMs, toMs] = [Date.parse(fact.validFrom), Date.parse(fact.validTo)];
    if (Number.isNaN(askedFromMs) || Number.isNaN(toMs)) throw new IntakeRefused('not-a-date', 422);
    const fromMs = Math.max(askedFromMs, await deskNowMs(tx));
    if (toMs <= fromMs) throw new IntakeRefused('dates-reversed', 422);
    const validFrom = new Date(fromMs).toISOString();
    const validTo = new Date(toMs).toISOString();
    const stored = await tx.run(
      `insert into delegations (delegation_id, company_id, from_person, to_person, role, valid_from, valid_to)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (delegation_id) do nothing`,
      [delegationId, companyId, fact.fromPerson, fact.toPerson, fact.role, validFrom, validTo],
    );
    if (stored === 0) return { delegationId, validFrom: await keptFrom(tx, delegationId, validFrom) };
    const { fromPerson, toPerson, role } = fact;
    await keepDeskRecord(tx, companyId, {
      action: 'delegation.set',
      by: fact.by,
      body: { delegationId, fromPerson, toPerson, role, validFrom, validTo },
    });
    return { delegationId, validFrom };
  });
}

/** Ends a delegation now; signatures given under it stand. Told twice it changes nothing. @throws IntakeRefused `unknown-delegation` (404) */
export function endDelegation(intake: Intake, fact: { delegationId: string; by: string }): Promise<void> {
  return intake.db.tx(intake.scope, async (tx) => {
    const of = await tx.row('select 1 from delegations where delegation_id = $1', [fact.delegationId]);
    if (of === undefined) throw new IntakeRefused('unknown-delegation', 404, { what: 'delegation' });
    // One that has not begun keeps a moment of life, for its dates may not be reversed.
    const ended = await tx.run(
      `update delegations set valid_to = greatest(valid_from + interval '1 millisecond', clock_timestamp())
        where delegation_id = $1 and valid_to > greatest(valid_from + interval '1 millisecond', clock_timestamp())`,
      [fact.delegationId],
    );
    if (ended === 0) return;
    await keepDeskRecord(tx, intake.scope.companyId, {
      action: 'delegation.ended',
      by: fact.by,
      body: { delegationId: fact.delegationId },
    });
  });
}
