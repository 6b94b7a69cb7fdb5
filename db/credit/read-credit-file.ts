import { civilDate, type CivilDate } from '../../rules/calendar/civil-date.ts';
import type { ColourCode } from '../../rules/credit/colour-of.ts';
import { explainColour, explainGrade, explainScore, type Sentence } from '../../rules/credit/explain.ts';
import type { CreditFacts } from '../../rules/credit/facts.ts';
import type { GradeCode } from '../../rules/credit/grade-of.ts';
import type { CreditPolicy } from '../../rules/credit/policy.ts';
import { rightsOf } from '../../rules/credit/rights.ts';
import type { Colour, Grade, ScoreGrade } from '../../rules/credit/scheme.ts';
import type { IndicatorScore } from '../../rules/credit/score-of.ts';
import type { Tx } from '../database.ts';
import type { Vault } from '../keys/vault.ts';
import { readCounted } from './read-counted.ts';
import { readCreditPolicy } from './read-credit-policy.ts';

export interface Standing {
  grade: Grade;
  gradeSince: string;
  watch: boolean;
  colour: Colour;
  colourSince: string;
  scoreGrade: ScoreGrade | null;
  scoreSince: string | null;
  objectedAt: string | null;
  repairedOn: string | null;
}

/** What holds now; undefined where nobody has judged the account yet. */
export const readStanding = (tx: Tx, accountId: string): Promise<Standing | undefined> =>
  tx.row<Standing>(
    `select grade, grade_since as "gradeSince", watch, colour, colour_since as "colourSince", score_grade as "scoreGrade",
            score_since as "scoreSince", objected_at as "objectedAt", repaired_on as "repairedOn"
       from credit_standings where account_id = $1`,
    [accountId],
  );

export interface GradeLine extends CreditFacts {
  month: string;
  n: number;
  grade: Grade;
  code: GradeCode;
  watch: boolean;
  colour: Colour;
  colourCode: ColourCode;
  policyVersion: string;
  cause: string;
  recordedAt: string;
}

const LINE = `month, n, as_of as "asOf", grade, code, watch, colour, colour_code as "colourCode",
            oldest_days as "oldestDays", owed_fen as "owedFen", late_bills as "lateBills", bills, offence_on as "offenceOn",
            customer_since as "customerSince", deferred, policy_version as "policyVersion", cause, recorded_at as "recordedAt"`;

/** Everything that was said of one month, first to last. */
export const readMonthLines = (tx: Tx, accountId: string, month: CivilDate): Promise<GradeLine[]> =>
  tx.rows<GradeLine>(`select ${LINE} from credit_grades where account_id = $1 and month = $2 order by n`, [
    ...[accountId, month],
  ]);

/** What was said of the months, the youngest first; `knownAt` shows it as it was known then. */
export const readGradeLines = (
  tx: Tx,
  at: { accountId: string; knownAt: string | null; limit: number },
): Promise<GradeLine[]> =>
  tx.rows<GradeLine>(
    `select distinct on (month) ${LINE}
       from credit_grades where account_id = $1 and ($2::timestamptz is null or recorded_at <= $2)
      order by month desc, n desc limit $3`,
    [at.accountId, at.knownAt, at.limit],
  );

/** A line with the sentences that a customer reads. */
export const worded = (
  line: GradeLine,
  policy: CreditPolicy,
): GradeLine & { why: Sentence; colourWhy: Sentence } => ({
  ...line,
  why: explainGrade(line.grade, line.code, line, policy),
  colourWhy: explainColour(line.colour, line.colourCode, line, policy),
});

/** Each line in the words of the definitions that were in force on its day (K3); `companyId` whose they are. */
export async function wordedThen(
  tx: Tx,
  companyId: string,
  lines: readonly GradeLine[],
): Promise<ReturnType<typeof worded>[]> {
  const items = [];
  for (const line of lines)
    items.push(worded(line, await readCreditPolicy(tx, companyId, civilDate(line.asOf))));
  return items;
}

type ScoreRow = {
  scoreId: string;
  asOf: string;
  indicators: IndicatorScore[];
  scoreCenti: number;
  finalCenti: number;
  scoreGrade: ScoreGrade;
  policyVersion: string;
  cause: string;
  recordedAt: string;
};

async function readScores(tx: Tx, accountId: string): Promise<(ScoreRow & { why: Sentence })[]> {
  const rows = await tx.rows<ScoreRow>(
    `select score_id as "scoreId", as_of as "asOf", indicators, score_centi as "scoreCenti", final_centi as "finalCenti",
            score_grade as "scoreGrade", policy_version as "policyVersion", cause, recorded_at as "recordedAt"
       from credit_scores where account_id = $1 order by recorded_at desc limit 20`,
    [accountId],
  );
  return rows.map((row) => ({ ...row, why: explainScore(row.scoreGrade, row, row.finalCenti) }));
}

async function readIdentities(tx: Tx, vault: Vault, accountId: string) {
  const rows = await tx.rows<{ identity_enc: Buffer; version: number }>(
    `select version, party_kind as "partyKind", identity_verified as verified, identity_enc, changed_by as "changedBy", reason, source,
            occurred_at as "occurredAt", recorded_at as "recordedAt"
       from credit_files where account_id = $1 order by version desc`,
    [accountId],
  );
  return rows.map(({ identity_enc: sealed, ...row }) => ({
    ...row,
    identity: vault.openJson<Record<string, string>>(sealed),
  }));
}

async function readRecords(tx: Tx, vault: Vault, accountId: string) {
  const rows = await tx.rows<{
    detail_enc: Buffer;
    annul_enc: Buffer | null;
    recordId: string;
    kind: string;
    occurredOn: string;
    outcome: string | null;
    decisionNo: string | null;
    sourceName: string;
    annulledFor: string | null;
    counts: boolean;
  }>(
    `select r.record_id as "recordId", r.kind, r.occurred_on as "occurredOn", r.outcome, r.confirmed, r.decision_no as "decisionNo", r.source,
            r.source_name as "sourceName", r.source_ref as "sourceRef", r.legal_basis as "legalBasis", r.replaces, r.detail_enc,
            r.recorded_by as "recordedBy", r.recorded_at as "recordedAt", n.cause as "annulledFor", n.recorded_at as "annulledAt",
            n.reason_enc as annul_enc,
            r.confirmed and n.record_id is null and not exists (select from credit_records l where l.replaces = r.record_id) as counts
       from credit_records r left join credit_annulments n using (record_id)
      where r.account_id = $1 order by r.occurred_on desc, r.recorded_at desc`,
    [accountId],
  );
  return rows.map(({ detail_enc: sealed, annul_enc: annulled, ...row }) => ({
    ...row,
    description: vault.openJson<{ description?: string }>(sealed).description ?? '',
    annulReason: annulled === null ? null : vault.open(annulled),
  }));
}

/** Lists of the file that need no opening, each with what the customer may see of it. */
const LISTS = {
  moves: `select scheme, from_value as "from", to_value as "to", on_date as "onDate", cause, moved_by as "movedBy", recorded_at as "recordedAt"
            from credit_moves where account_id = $1 order by recorded_at desc limit 100`,
  measures: `select measure_id as "measureId", scheme, kind, effect, given_by as "givenBy", owner_role as "ownerRole", from_on as "fromOn", due_on as "dueOn",
                    status, amount_fen as "amountFen", params, clause, basis_id as "basisId", outcome
               from credit_measures where account_id = $1 order by due_on desc, measure_id limit 200`,
  letters: `select letter_id as "letterId", kind, channel, status, served_at as "servedAt", served_by as "servedBy", recorded_at as "recordedAt"
              from credit_letters where account_id = $1 order by recorded_at desc limit 100`,
  draws: `select d.year, e.class, e.rank, d.drawn_at as "drawnAt"
            from credit_draw_entries e join credit_draws d using (draw_id) where e.account_id = $1 and e.won order by d.year desc`,
  documents: `select document_id as "documentId", kind, sha256, handed_in_by as "handedInBy", occurred_at as "occurredAt"
                from credit_documents where account_id = $1 order by recorded_at desc`,
  commitments: `select commitment_id as "commitmentId", application, signed_on as "signedOn", status, reported_at as "reportedAt"
                  from credit_commitments where account_id = $1 order by recorded_at desc`,
  adjustments: `select adjustment_id as "adjustmentId", points, reason_enc, status, proposed_by as "proposedBy", decided_by as "decidedBy", valid_to as "validTo"
                  from credit_adjustments where account_id = $1 order by recorded_at desc`,
  cases: `select case_id as "caseId", status, outcome, opened_at as "openedAt", closed_at as "closedAt"
            from cases where account_id = $1 order by opened_at desc limit 50`,
  downgrades: `select downgrade_id as "downgradeId", scheme, from_value as "from", to_value as "to", code, status, reply_until as "replyUntil",
                      effective_on as "effectiveOn", decision_enc, reply_enc from credit_downgrades where account_id = $1 order by recorded_at desc limit 50`,
  objections: `select objection_id as "objectionId", words_enc, decision_enc, scheme, status, due_at as "dueAt", decided_at as "decidedAt"
                 from credit_objections where account_id = $1 order by recorded_at desc`,
  repairs: `select repair_id as "repairId", words_enc, decision_enc, status, clean_until as "cleanUntil", decided_at as "decidedAt"
              from credit_repairs where account_id = $1 order by recorded_at desc`,
  exports: `select export_id as "exportId", kind, basis_id as "basisId", status, sent_at as "sentAt", withdrawn_at as "withdrawnAt"
              from credit_exports where account_id = $1 order by recorded_at desc`,
} as const;

type Row = Record<string, unknown>;

/** Reasons and words stand sealed; whoever may read the file reads them (K8.1). */
const opened = (vault: Vault, row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      name.endsWith('_enc')
        ? [name.slice(0, -'_enc'.length), value === null ? null : vault.open(value as Buffer)]
        : [name, value],
    ),
  );
interface Typed {
  moves: (Row & {
    scheme: string;
    from: string | null;
    to: string;
    onDate: string;
    cause: string;
    movedBy: string;
  })[];
  measures: (Row & {
    measureId: string;
    kind: string;
    effect: string;
    givenBy: string;
    ownerRole: string;
    dueOn: string;
    status: string;
    amountFen: number | null;
    clause: string;
  })[];
  letters: (Row & {
    letterId: string;
    kind: string;
    channel: string;
    status: string;
    servedAt: string | null;
    recordedAt: string;
  })[];
  draws: (Row & { year: number; class: string; drawnAt: string })[];
  objections: (Row & { objectionId: string; scheme: string; status: string; dueAt: string })[];
}
type Lists = Typed & Record<Exclude<keyof typeof LISTS, keyof Typed>, Row[]>;

interface AccountOfFile {
  companyId: string;
  category: string;
  capacityKva: number | null;
  centreId: string;
  name_enc: Buffer;
  address_enc: Buffer;
}

/** The whole credit file of an account, as its customer may read it (K4.1, K8.1). */
export async function readCreditFile(
  tx: Tx,
  vault: Vault,
  at: { accountId: string; accountNo: string; policy: CreditPolicy },
) {
  const { accountId, policy } = at;
  const account = await tx.row<AccountOfFile>(
    'select company_id as "companyId", category, capacity_kva as "capacityKva", centre_id as "centreId", name_enc, address_enc from accounts where account_id = $1',
    [accountId],
  );
  if (account === undefined) throw new Error(`account ${accountId} is out of reach`);
  const standing = await readStanding(tx, accountId);
  const lists: Record<string, Row[]> = {};
  for (const [name, sql] of Object.entries(LISTS)) {
    const rows = await tx.rows<Row>(sql, [accountId]);
    lists[name] = rows.map((row) => opened(vault, row));
  }
  return {
    accountNo: at.accountNo,
    customerName: vault.open(account.name_enc),
    address: vault.open(account.address_enc),
    centreId: account.centreId,
    category: account.category,
    policyVersion: policy.version,
    standing: standing ?? null,
    rights: rightsOf((await readCounted(tx, [accountId])).get(accountId) ?? null, account, policy).map(
      ({ kind, scheme, givenBy, clause, ownerRole }) => ({ kind, scheme, givenBy, clause, ownerRole }),
    ),
    identities: await readIdentities(tx, vault, accountId),
    grades: await wordedThen(
      tx,
      account.companyId,
      await readGradeLines(tx, { accountId, knownAt: null, limit: 36 }),
    ),
    scores: await readScores(tx, accountId),
    records: await readRecords(tx, vault, accountId),
    ...(lists as unknown as Lists),
  };
}
