import type { CreditFacts } from '../../rules/credit/facts.ts';
import type { ScoreGrade } from '../../rules/credit/scheme.ts';
import type { Scored } from '../../rules/credit/score-of.ts';
import type { Tx } from '../database.ts';

export interface RunItem {
  runId: string;
  kind: 'grade' | 'score';
  month: string;
  asOf: string;
  dry: boolean;
  policyVersion: string;
  status: string;
  total: number;
  done: number;
  movedUp: number;
  movedDown: number;
  queued: number;
  faults: number;
  startedBy: string;
  startedAt: string;
  finishedAt: string | null;
}

const COLUMNS = `run_id as "runId", kind, month, as_of as "asOf", dry, policy_version as "policyVersion", status, total, done,
  moved_up as "movedUp", moved_down as "movedDown", queued, faults, started_by as "startedBy", recorded_at as "startedAt", finished_at as "finishedAt"`;

/** Runs, the newest first. */
export const listRuns = (
  tx: Tx,
  query: { before: string[] | undefined; limit: number },
): Promise<RunItem[]> =>
  tx.rows<RunItem>(
    `select ${COLUMNS} from credit_runs
      where $1::timestamptz is null or (date_trunc('milliseconds', recorded_at), run_id) < ($1, $2)
      order by date_trunc('milliseconds', recorded_at) desc, run_id desc limit $3`,
    [query.before?.[0] ?? null, query.before?.[1] ?? null, query.limit],
  );

export const findRun = (tx: Tx, runId: string): Promise<RunItem | undefined> =>
  tx.row<RunItem>(`select ${COLUMNS} from credit_runs where run_id = $1`, [runId]);

export interface MoveItem {
  accountId: string;
  accountNo: string;
  fromGrade: string;
  toGrade: string;
  fromColour: string;
  toColour: string;
  code: string;
  facts: CreditFacts;
}

/** Who would move in a dry run, and from what facts. */
export const listDryMoves = (
  tx: Tx,
  query: { runId: string; after: string[] | undefined; limit: number },
): Promise<MoveItem[]> =>
  tx.rows<MoveItem>(
    `select m.account_id as "accountId", a.account_no as "accountNo", m.from_grade as "fromGrade", m.to_grade as "toGrade",
            m.from_colour as "fromColour", m.to_colour as "toColour", m.code, m.facts
       from credit_dry_moves m join accounts a using (account_id)
      where m.run_id = $1 and ($2::text is null or m.account_id > $2) order by m.account_id limit $3`,
    [query.runId, query.after?.[0] ?? null, query.limit],
  );

export interface ScoreMoveItem {
  accountId: string;
  accountNo: string;
  fromScore: ScoreGrade | null;
  toScore: ScoreGrade;
  scored: Scored & { finalCenti: number };
}

/** The same of a dry run of scores. */
export const listDryScores = (
  tx: Tx,
  query: { runId: string; after: string[] | undefined; limit: number },
): Promise<ScoreMoveItem[]> =>
  tx.rows<ScoreMoveItem>(
    `select m.account_id as "accountId", a.account_no as "accountNo", m.from_grade as "fromScore", m.to_grade as "toScore",
            jsonb_build_object('indicators', m.indicators, 'scoreCenti', m.score_centi, 'finalCenti', m.final_centi) as scored
       from credit_dry_scores m join accounts a using (account_id)
      where m.run_id = $1 and ($2::text is null or m.account_id > $2) order by m.account_id limit $3`,
    [query.runId, query.after?.[0] ?? null, query.limit],
  );

export interface FaultItem {
  accountId: string;
  accountNo: string;
  error: string;
}

export const listRunFaults = (
  tx: Tx,
  query: { runId: string; after: string[] | undefined; limit: number },
): Promise<FaultItem[]> =>
  tx.rows<FaultItem>(
    `select f.account_id as "accountId", a.account_no as "accountNo", f.error
       from credit_run_faults f join accounts a using (account_id)
      where f.run_id = $1 and ($2::text is null or f.account_id > $2) order by f.account_id limit $3`,
    [query.runId, query.after?.[0] ?? null, query.limit],
  );

export interface MeasureItem {
  measureId: string;
  accountNo: string;
  scheme: string;
  kind: string;
  effect: string;
  givenBy: string;
  ownerRole: string;
  fromOn: string;
  dueOn: string;
  status: string;
  amountFen: number | null;
  clause: string;
}

/** What is open, the most urgent first. */
export const listMeasures = (
  tx: Tx,
  query: { kind: string | undefined; role: string | undefined; after: string[] | undefined; limit: number },
): Promise<MeasureItem[]> =>
  tx.rows<MeasureItem>(
    `select m.measure_id as "measureId", a.account_no as "accountNo", m.scheme, m.kind, m.effect, m.given_by as "givenBy",
            m.owner_role as "ownerRole", m.from_on as "fromOn", m.due_on as "dueOn", m.status, m.amount_fen as "amountFen", m.clause
       from credit_measures m join accounts a using (account_id)
      where m.status in ('open', 'accepted') and ($1::text is null or m.kind = $1) and ($2::text is null or m.owner_role = $2)
        and ($3::date is null or (m.due_on, m.measure_id) > ($3, $4))
      order by m.due_on, m.measure_id limit $5`,
    [query.kind ?? null, query.role ?? null, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit],
  );

export interface DrawItem {
  drawId: string;
  year: number;
  seedSource: string;
  seed: string | null;
  method: string;
  sharePermille: number;
  classes: Record<string, { population: number; winners: number; populationSha256: string }>;
  announcedAt: string;
  drawnAt: string | null;
}

export const findDraw = (tx: Tx, year: number): Promise<DrawItem | undefined> =>
  tx.row<DrawItem>(
    `select draw_id as "drawId", year, seed_source as "seedSource", seed, method, share_permille as "sharePermille", classes,
            announced_at as "announcedAt", drawn_at as "drawnAt" from credit_draws where year = $1`,
    [year],
  );

/** Everybody who took part, by opaque id: with the seed, all that the draw can be run again from. */
export const listDrawEntries = (
  tx: Tx,
  drawId: string,
): Promise<{ id: string; class: string; rank: number; won: boolean }[]> =>
  tx.rows(
    `select account_id as id, class, rank, won from credit_draw_entries where draw_id = $1 order by class, account_id collate "C"`,
    [drawId],
  );
