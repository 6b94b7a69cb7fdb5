import { json } from '../../db/database.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { compareDates, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { MEASURES_WITHOUT_BASIS, type MeasureWithoutBasis } from '../../rules/credit/policy.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { deskNowMs, keepDeskRecord } from '../desk/keep-desk-record.ts';

/** Definitions of credit from a day on; what is left out stays as it is below. */
export interface NewCreditPolicy {
  version: string;
  validFrom: CivilDate;
  validTo?: CivilDate;
  body: Record<string, unknown>;
  by: string;
}

const isMeasure = (word: unknown): word is MeasureWithoutBasis =>
  MEASURES_WITHOUT_BASIS.some((measure) => measure === word);

/** Measures that a body switches on without a basis that holds on the first day (L1). */
async function baseless(intake: Intake, policy: NewCreditPolicy): Promise<string[]> {
  const wanted: unknown = policy.body['enabled'];
  const measures = Array.isArray(wanted) ? wanted.filter(isMeasure) : [];
  const held = await intake.db.tx(intake.scope, (tx) =>
    tx.rows<{ measure: string }>(
      `select distinct measure from legal_bases
        where signed_at is not null and revoked_at is null and valid_from <= $1 and (valid_to is null or valid_to >= $1)`,
      [policy.validFrom],
    ),
  );
  return measures.filter((measure) => !held.some((basis) => basis.measure === measure));
}

/**
 * Publishes definitions (K3, K5.2): dated, whole-company, checked together with all others. What lacks a legal basis cannot be
 * switched on (L1). @throws UnsoundPolicy; IntakeRefused `no-legal-basis`, `policy-from-the-past` (422), `policy-version-taken` (409)
 */
export async function publishCreditPolicy(intake: Intake, policy: NewCreditPolicy): Promise<void> {
  const without = await baseless(intake, policy);
  if (without.length > 0) throw new IntakeRefused('no-legal-basis', 422, { measures: without.join(', ') });
  const { companyId } = intake.scope;
  await intake.db.tx(intake.scope, async (tx) => {
    if (compareDates(policy.validFrom, civilDateAt(await deskNowMs(tx))) < 0)
      throw new IntakeRefused('policy-from-the-past', 422, { from: policy.validFrom });
    await tx.run(`select pg_advisory_xact_lock(hashtextextended('credit-policies/' || $1, 0))`, [companyId]);
    const { version, validFrom, validTo = null, body, by } = policy;
    const stored = await tx.run(
      `insert into credit_policies (company_id, version, valid_from, valid_to, body, published_by)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
      [companyId, version, validFrom, validTo, json(body), by],
    );
    if (stored === 0) throw new IntakeRefused('policy-version-taken', 409, { version });
    const turns = await tx.rows<{ day: CivilDate }>(
      `select valid_from as day from credit_policies where valid_from >= $1 union select valid_to + 1 from credit_policies where valid_to >= $1`,
      [validFrom],
    );
    for (const { day } of turns) await readCreditPolicy(tx, companyId, day);
    await keepDeskRecord(tx, companyId, {
      action: 'credit.policy-published',
      by,
      body: { version, validFrom, validTo, policy: body },
    });
  });
}

/** A ground in law for something that the law does not give of itself (L1, L6). */
export interface NewBasis {
  basisId: string;
  measure: MeasureWithoutBasis;
  document: string;
  article: string;
  validFrom: CivilDate;
  validTo?: CivilDate;
  by: string;
}

/** Records a basis; it holds once a second person has signed it. @throws IntakeRefused `basis-known` (409) */
export async function recordBasis(intake: Intake, basis: NewBasis): Promise<void> {
  const { companyId } = intake.scope;
  await intake.db.tx(intake.scope, async (tx) => {
    const stored = await tx.run(
      `insert into legal_bases (company_id, basis_id, measure, document, article, valid_from, valid_to, recorded_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [
        ...[companyId, basis.basisId, basis.measure, basis.document, basis.article],
        ...[basis.validFrom, basis.validTo ?? null, basis.by],
      ],
    );
    if (stored === 0) throw new IntakeRefused('basis-known', 409);
    const { by, ...body } = basis;
    await keepDeskRecord(tx, companyId, { action: 'credit.basis-recorded', by, body });
  });
}

/** Signs a basis, or takes it back: from then on what rested on it is off. @throws IntakeRefused `unknown-basis` (404), `four-eyes` (409) */
export async function decideBasis(
  intake: Intake,
  act: { basisId: string; decision: 'sign' | 'revoke'; by: string },
): Promise<void> {
  const { companyId } = intake.scope;
  await intake.db.tx(intake.scope, async (tx) => {
    const basis = await tx.row<{ recorded_by: string }>(
      'select recorded_by from legal_bases where basis_id = $1 for update',
      [act.basisId],
    );
    if (basis === undefined) throw new IntakeRefused('unknown-basis', 404, { what: 'legal basis' });
    if (act.decision === 'sign' && basis.recorded_by === act.by) throw new IntakeRefused('four-eyes', 409);
    await tx.run(
      act.decision === 'sign'
        ? `update legal_bases set signed_by = $2, signed_at = clock_timestamp() where basis_id = $1 and signed_at is null`
        : `update legal_bases set revoked_at = clock_timestamp() where basis_id = $1 and revoked_at is null and $2::text is not null`,
      [act.basisId, act.by],
    );
    await keepDeskRecord(tx, companyId, {
      action: `credit.basis-${act.decision === 'sign' ? 'signed' : 'revoked'}`,
      by: act.by,
      body: { basisId: act.basisId },
    });
  });
}
