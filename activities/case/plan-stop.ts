import { readOpenBills } from '../../db/bills/read-open-bills.ts';
import { readCalendar } from '../../db/calendar/read-calendar.ts';
import { json, type Tx } from '../../db/database.ts';
import { readCaseToPlan, type CaseToPlan } from '../../db/plans/read-case-to-plan.ts';
import { readStopShields, readWeather, takeCapacity } from '../../db/plans/read-day-facts.ts';
import { storeDecision } from '../../db/facts/decisions.ts';
import { storeStopPlan } from '../../db/plans/store-stop-plan.ts';
import { putTask } from '../../db/tasks/put-task.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { takeAccount, type AccountInHand } from '../../intake/take-account.ts';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt, epochMsOf } from '../../rules/calendar/shanghai-time.ts';
import type { Policy } from '../../rules/parameters/policy.ts';
import { OFFICE_OPENS_MINUTE } from '../../rules/parameters/season.ts';
import { chooseStopPlan, type PlannedStop, type StopPlan } from '../../rules/plan/choose-stop-plan.ts';
import { slotOf } from '../../rules/plan/slot-of.ts';
import type { PlanFacts } from '../../rules/plan/facts.ts';
import { verdictOf, type Reason } from '../../rules/verdict.ts';
import type { Stage } from '../../workflows/messages.ts';
import type { CaseMoment, PlanAnswer } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import { readCaseFile } from './case-file.ts';
import { prepareYellow } from './yellow-notice.ts';

const STEP = 'plan-stop';
const WEEK_DAYS = 7;

/** What stands against any plan for this account, whatever the day (T2.6, L2.oth, L3, L11). */
function barriers(account: AccountInHand, known: CaseToPlan): { reasons: Reason[]; missing: Reason[] } {
  const { inFlightFen } = known;
  const reasons: Reason[] = [];
  if (known.stopInForce) reasons.push({ code: 'already-stopped', clause: 'L3' });
  if (inFlightFen > 0) reasons.push({ code: 'money-in-flight', clause: 'T2.6', params: { inFlightFen } });
  if (account.category === 'master-meter') reasons.push({ code: 'master-meter', clause: 'L2.oth' });
  if (account.protection === 'registered') reasons.push({ code: 'protected-person', clause: 'L11' });
  const missing = account.protection === null ? [{ code: 'protection-not-asked', clause: 'L11' }] : [];
  return { reasons, missing };
}

/** Where only a person can go on, a person is asked. */
async function askPerson(
  tx: Tx,
  at: CaseMoment,
  account: AccountInHand,
  codes: readonly string[],
): Promise<void> {
  const put = (kind: 'ask-protection' | 'manual-path', role: string, assignee: string | null) =>
    putTask(tx, {
      ...at,
      taskId: `task/${at.caseId}/${kind}`,
      kind,
      role,
      assignee,
      ref: at.caseId,
      notBeforeMs: at.nowMs,
      dueAtMs: at.nowMs + WEEK_DAYS * 86_400_000,
    });
  if (codes.includes('protection-not-asked')) await put('ask-protection', 'reader', account.readerId);
  if (codes.includes('master-meter') || codes.includes('protected-person'))
    await put('manual-path', 'team-leader', null);
}

async function readFacts(
  tx: Tx,
  at: CaseMoment,
  account: AccountInHand,
  policy: Policy,
  known: CaseToPlan,
): Promise<PlanFacts> {
  const today = civilDateAt(at.nowMs);
  const days = { from: today, to: addDays(today, policy.horizonDays + 60) };
  const bills = await readOpenBills(tx, at.accountId);
  return {
    todayMs: at.nowMs,
    // Only what is overdue now can be on the second reminder (T2.0).
    bills: bills
      .filter(({ dueDate }) => dueDate < today)
      .map(({ billId, openFen, dueDate, service, disputed }) => ({
        billId,
        openFen,
        dueDate,
        service,
        disputed,
      })),
    calendar: await readCalendar(tx, at.companyId),
    shields: await readStopShields(tx, at.accountId),
    weather: await readWeather(tx, account.region, days),
    yellowServedOn: known.yellowServedOn,
    customerClass: account.customerClass,
    slot: slotOf(at.accountId),
    capacity: await takeCapacity(tx, at.centreId, days),
  };
}

function answerOf(plan: StopPlan, policy: Policy): PlanAnswer {
  const { fromMinute, untilMinute } = policy.dunningHours;
  if (plan.kind === 'none') return { kind: 'none', tryAgainMs: epochMsOf(plan.tryAgainDate, fromMinute) };
  return {
    kind: 'planned',
    yellowDueMs: plan.yellowDueDate === null ? null : epochMsOf(plan.yellowDueDate, untilMinute),
    approvalAtMs: epochMsOf(plan.approvalDate, OFFICE_OPENS_MINUTE(plan.approvalDate).value),
    serviceWindows: plan.candidates.map(({ serviceDate }) => ({
      fromMs: epochMsOf(serviceDate, fromMinute),
      untilMs: epochMsOf(serviceDate, untilMinute),
    })),
  };
}

/** What the decision rested on, for those who ask later; where there was no plan, without the long list of days. */
function factsToKeep({ calendar, capacity, ...facts }: PlanFacts, plan: StopPlan) {
  const published = Object.entries(calendar.years).map(([year, { source }]) => ({ year, source }));
  return { ...facts, published, plan, ...(plan.kind === 'planned' ? { capacity } : {}) };
}

async function keepPlan(
  tx: Tx,
  at: CaseMoment,
  account: AccountInHand,
  plan: PlannedStop,
  answer: PlanAnswer,
) {
  await tx.run(
    `insert into case_steps (company_id, centre_id, case_id, step, attempt, detail, occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [at.companyId, at.centreId, at.caseId, STEP, at.attempt, json(answer), iso(at.nowMs)],
  );
  await storeStopPlan(tx, at, plan);
  await keepRecord(tx, account, {
    action: 'stop.planned',
    factId: `${at.caseId}/${at.attempt}`,
    actor: 'fudian',
    occurredAt: iso(at.nowMs),
    body: {
      caseId: at.caseId,
      attempt: at.attempt,
      stopDates: plan.candidates.map(({ stopDate }) => stopDate),
      namedPrincipalFen: plan.namedPrincipalFen,
    },
  });
}

/** Decides for this moment: the barriers first, then the day; the decision is kept whatever it says. */
async function decide(
  tx: Tx,
  at: CaseMoment,
  account: AccountInHand,
  policy: Policy,
  known: CaseToPlan,
): Promise<StopPlan> {
  const barred = barriers(account, known);
  const isBarred = barred.reasons.length + barred.missing.length > 0;
  const facts = isBarred ? undefined : await readFacts(tx, at, account, policy, known);
  const plan: StopPlan =
    facts === undefined
      ? { kind: 'none', reasons: barred.reasons, tryAgainDate: addDays(civilDateAt(at.nowMs), 1) }
      : chooseStopPlan(facts, policy);
  const reasons = plan.kind === 'none' ? plan.reasons : [];
  const verdict = verdictOf(reasons, barred.missing);
  await storeDecision(tx, {
    ...at,
    key:
      plan.kind === 'planned'
        ? `${at.caseId}/${STEP}/${at.attempt}`
        : `${at.caseId}/${STEP}/${at.attempt}/${at.nowMs}`,
    question: STEP,
    verdict,
    facts: facts === undefined ? known : factsToKeep(facts, plan),
    policyVersion: policy.version,
    nowMs: at.nowMs,
  });
  await askPerson(
    tx,
    at,
    account,
    [...reasons, ...barred.missing].map(({ code }) => code),
  );
  return plan;
}

/**
 * Chooses the stop day of an attempt and plans everything backwards from it, with crews reserved for the stop and for the way
 * back (T2.0–T2.3, T3.3). An attempt has one plan: asked again, it answers the same.
 */
export const planStop =
  (deps: ActivityDeps) =>
  (at: CaseMoment): Promise<PlanAnswer> =>
    act(
      deps,
      at,
      async (tx) => {
        const account = await takeAccount(tx, { accountId: at.accountId });
        const kept = await tx.row<{ detail: PlanAnswer }>(
          'select detail from case_steps where case_id = $1 and step = $2 and attempt = $3',
          [at.caseId, STEP, at.attempt],
        );
        if (kept !== undefined) return kept.detail;
        const file = await readCaseFile(tx, deps.vault, at);
        const known = await readCaseToPlan(tx, at.caseId, at.accountId);
        const plan = await decide(tx, at, account, file.policy, known);
        const answer = answerOf(plan, file.policy);
        if (plan.kind === 'none' || answer.kind === 'none') return answer;
        await keepPlan(tx, at, account, plan, answer);
        if (answer.yellowDueMs !== null) {
          const { firstServedOn } = known;
          await prepareYellow(tx, deps, at, { file, plan, dueMs: answer.yellowDueMs, firstServedOn });
        }
        return answer;
      },
      stageAfter,
    );

const stageAfter = (answer: PlanAnswer): Stage | undefined => {
  if (answer.kind === 'none') return undefined;
  return answer.yellowDueMs === null ? 'yellow-period' : 'yellow-service';
};
