import type { Readable } from 'node:stream';
import { z } from 'zod';
import {
  findRun,
  listDryMoves,
  listDryScores,
  listRunFaults,
  listRuns,
} from '../../../db/credit/list-runs.ts';
import { readCreditPolicy } from '../../../db/credit/read-credit-policy.ts';
import type { Tx } from '../../../db/database.ts';
import { importRecords } from '../../../intake/credit/import-records.ts';
import { civilDate as asOfDate } from '../../../rules/calendar/civil-date.ts';
import { explainMove } from '../../../rules/credit/explain-move.ts';
import type { CreditPolicy } from '../../../rules/credit/policy.ts';
import { DESK, type Role } from '../../http/caller.ts';
import { page, readCursor } from '../../http/paging.ts';
import { found } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import { requireCentre, requireWholeCompany } from '../../reach.ts';
import { commandCreditRun, startCreditRun } from '../../credit-runs.ts';
import { ACCEPTED, accepted, civilDate, id, pageOf, paging } from '../../schemas.ts';
import { creditRun, dryMove, runFault, type DryMove } from '../../shapes/credit-run.ts';
import { CREDIT } from './file.ts';

const tag = 'credit';
const SEE: readonly Role[] = [...DESK, 'credit-officer', 'operator'];
const params = z.object({ runId: id });
const startRoute = route({
  method: 'post',
  path: '/credit/runs',
  operationId: 'startCreditRun',
  summary: {
    zh: '启动月度评级或年度评分（可试算）',
    en: 'Start the monthly grading or the yearly score; dry shows who would move and moves nobody',
  },
  tag,
  roles: CREDIT,
  body: z.object({
    kind: z.enum(['grade', 'score']),
    month: civilDate.optional().meta({ description: 'any day of it; else the last that is over' }),
    dry: z.boolean().default(false),
  }),
  answer: z.object({ runId: z.string() }),
  status: 202,
  handle: (context, { body: { kind, month, dry } }) => {
    requireWholeCompany(context);
    return startCreditRun(context.deps.temporal, {
      ...{ companyId: context.scope.companyId, kind, month: month ?? null, dry },
      startedBy: context.caller.personId,
    });
  },
});

const commandRoute = route({
  method: 'post',
  path: '/credit/runs/:runId/command',
  operationId: 'commandCreditRun',
  summary: { zh: '暂停、继续或取消', en: 'Pause, resume or give up, between two stretches' },
  tag,
  roles: [...CREDIT, 'operator'],
  params,
  body: z.object({ command: z.enum(['pause', 'resume', 'cancel']) }),
  answer: accepted,
  status: 202,
  handle: async (context, { params: { runId }, body }) => {
    requireWholeCompany(context);
    await commandCreditRun(context.deps.temporal, runId, body.command);
    return ACCEPTED;
  },
});

const listRoute = route({
  method: 'get',
  path: '/credit/runs',
  operationId: 'listCreditRuns',
  summary: { zh: '评级批次', en: 'Runs, the newest first, with progress' },
  tag,
  roles: SEE,
  query: paging,
  answer: pageOf(creditRun),
  handle: (context, { query }) =>
    context.read(async (tx) => {
      const rows = await listRuns(tx, { before: readCursor(query.cursor, 2), limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.startedAt, row.runId]);
    }),
});

const getRoute = route({
  method: 'get',
  path: '/credit/runs/:runId',
  operationId: 'getCreditRun',
  summary: { zh: '一个批次的进度', en: 'How far a run is' },
  tag,
  roles: SEE,
  params,
  answer: creditRun,
  handle: (context, { params: { runId } }) =>
    context.read(async (tx) => found(await findRun(tx, runId), 'run')),
});

/** As the cursor needs it. */
interface ById {
  accountId: string;
}

interface MovesAsked {
  runId: string;
  after: string[] | undefined;
  limit: number;
}

async function gradeMoves(tx: Tx, asked: MovesAsked, policy: CreditPolicy): Promise<(DryMove & ById)[]> {
  const rows = await listDryMoves(tx, asked);
  return rows.map((move) => ({
    ...{ ...move, facts: { ...move.facts }, fromScore: null, toScore: null },
    why: explainMove(
      { scheme: 'grade', to: move.toGrade, code: move.code, facts: move.facts, scored: null },
      policy,
    ),
  }));
}

async function scoreMoves(tx: Tx, asked: MovesAsked, policy: CreditPolicy): Promise<(DryMove & ById)[]> {
  const rows = await listDryScores(tx, asked);
  const none = { fromGrade: null, toGrade: null, fromColour: null, toColour: null };
  return rows.map(({ scored, ...move }) => ({
    ...{ ...none, ...move, code: 'scored', facts: { ...scored } },
    why: explainMove({ scheme: 'score', to: move.toScore, code: 'scored', facts: null, scored }, policy),
  }));
}

const movesRoute = route({
  method: 'get',
  path: '/credit/runs/:runId/moves',
  operationId: 'listDryMoves',
  summary: { zh: '试算：谁会变动、为什么', en: 'Of a dry run: who would move, and from what facts' },
  tag,
  roles: SEE,
  params,
  query: paging,
  answer: pageOf(dryMove),
  handle: (context, { params: { runId }, query }) =>
    context.read(async (tx) => {
      const { asOf, kind } = found(await findRun(tx, runId), 'run');
      const policy = await readCreditPolicy(tx, context.scope.companyId, asOfDate(asOf));
      const asked = { runId, after: readCursor(query.cursor, 1), limit: query.limit + 1 };
      const rows = await (kind === 'score' ? scoreMoves : gradeMoves)(tx, asked, policy);
      return page(rows, query.limit, (row) => [row.accountId]);
    }),
});

const faultsRoute = route({
  method: 'get',
  path: '/credit/runs/:runId/faults',
  operationId: 'listCreditRunFaults',
  summary: { zh: '未能评定的户及原因', en: 'Accounts that could not be judged, and why; the others were' },
  tag,
  roles: SEE,
  params,
  query: paging,
  answer: pageOf(runFault),
  handle: (context, { params: { runId }, query }) =>
    context.read(async (tx) => {
      found(await findRun(tx, runId), 'run');
      const after = readCursor(query.cursor, 1);
      const rows = await listRunFaults(tx, { runId, after, limit: query.limit + 1 });
      return page(rows, query.limit, (row) => [row.accountId]);
    }),
});

const importRoute = route({
  method: 'post',
  path: '/credit/imports',
  operationId: 'importCreditRecords',
  summary: {
    zh: '导入窃电、违约、检查及外部记录（CSV）',
    en: 'Import thefts, violations, inspections and outside records (CSV); bad rows stand under /imports/{importId}/rejects',
  },
  tag,
  roles: [...CREDIT, 'centre'],
  query: z.object({ centreId: id, fileName: z.string().trim().min(1).max(200) }),
  rawBody: 'text/csv',
  streamed: true,
  answer: z.object({
    importId: z.string(),
    rowsRead: z.int(),
    rowsNew: z.int(),
    rowsSame: z.int(),
    rowsBad: z.int(),
  }),
  status: 201,
  handle: async (context, { query, body }) => {
    await context.read((tx) => requireCentre(tx, query.centreId));
    return importRecords(context.intake, {
      ...query,
      stream: (body as unknown as Readable).iterator({ destroyOnReturn: false }),
      by: context.caller.personId,
    });
  },
});

export const creditRunRoutes = [
  importRoute,
  startRoute,
  commandRoute,
  listRoute,
  getRoute,
  movesRoute,
  faultsRoute,
];
