import { afterAll, beforeAll, expect, test } from 'vitest';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { daysBetween } from '../../rules/calendar/civil-date.ts';
import { fastForward } from '../../tools/temporal/fast-forward.ts';
import { caseWorkflowId } from '../../workflows/messages.ts';
import { startStand, type Stand } from '../soak/stand.ts';
import { patiently } from '../soak/time.ts';
import { temporalAddress } from '../support/temporal.ts';
import { COMPANY, rowsOf } from '../support/town/town.ts';
import { advanceCaseClock, caseNowMs } from '../../db/case-clock.ts';
import { wholeCompany } from '../../db/database.ts';
import { begin, seen, walkOn, walkTo, type Seen, type Story } from '../support/town/story.ts';
import { startLateClock, type LateClock } from './late-clock.ts';

const DAY_MS = 86_400_000;
const AWAY_DAYS = 60;
/** Every stage in which an outage can find a case on its way to a stop; FUDIAN_OUTAGE=whole tells all of them. */
const ALL = ['yellow-service', 'approval', 'red-service', 'notice-period', 'ticket', 'permit'] as const;
const STAGES = process.env['FUDIAN_OUTAGE'] === 'whole' ? ALL : (['approval', 'permit'] as const);

let clock: LateClock;
let stand: Stand;
beforeAll(async () => {
  clock = await startLateClock(temporalAddress());
  stand = await startStand({ workerTemporalAddress: clock.address });
}, 120_000);
afterAll(async () => {
  await stand.close();
  await clock.close();
});

/** Nobody works, and the clock goes on for one case: what was due meanwhile is found when the worker is back. @returns case time then */
async function leave({ account }: Story, days: number): Promise<number> {
  const workflowId = caseWorkflowId(account.accountId);
  const { events } = await stand.temporal.workflow.getHandle(workflowId).fetchHistory();
  const fromEventId = Number(events?.at(-1)?.eventId ?? 0) + 1;
  // The next timer fires and finds nobody; from there on the engine's own clock would stand still.
  await fastForward(stand.engine.connection, stand.engine.namespace, workflowId, 20 * DAY_MS, {
    timeoutMs: 1_500,
  }).catch(() => undefined);
  const { offsetMs } = await stand.engine.clock(workflowId);
  return stand.db.tx(wholeCompany(COMPANY), async (tx) => {
    await advanceCaseClock(tx, COMPANY, account.accountId, days * DAY_MS);
    const nowMs = await caseNowMs(tx, account.accountId);
    clock.later.set(workflowId, { fromEventId, byMs: nowMs - Date.now() - offsetMs });
    return nowMs;
  });
}

const messagesSince = (story: Story, atMs: number) =>
  rowsOf<{ purpose: string }>(
    stand,
    `select purpose from messages where case_id = $1 and occurred_at >= $2 and purpose in ('second-notice', 'red-notice')`,
    [story.caseId, new Date(atMs).toISOString()],
  );

/** All that the law wants between an approval and a stop, found in what people see. */
function assertUncompressed(view: Seen, backAtMs: number): void {
  const [stop] = view.stops;
  expect(view).toMatchObject({ outcome: 'stopped', stops: [{ classification: 'lawful' }] });
  const red = view.notices.findLast(({ kind, status }) => kind === 'red' && status === 'served');
  const [servedAt, stoppedAt] = [Date.parse(red?.servedAt ?? ''), Date.parse(stop?.occurredAt ?? '')];
  expect(servedAt).toBeGreaterThan(backAtMs);
  expect(daysBetween(civilDateAt(servedAt), civilDateAt(stoppedAt))).toBe(7);
  const signed = view.past
    .filter(({ action }) => action === 'approval.signed')
    .map(({ at }) => Date.parse(at));
  expect(signed.some((at) => at > backAtMs && at < servedAt)).toBe(true);
}

test('72, T2.0, L2.ntc: after sixty days without worker no step is compressed, no stale notice is used, every case is planned anew', async () => {
  const stories = await Promise.all(
    STAGES.map(async (stage) => {
      const story = await begin(stand, `away-at-${stage}`);
      await walkTo(story, stage);
      return { story, before: await seen(story) };
    }),
  );
  await stand.worker.kill();
  const away = await Promise.all(
    stories.map(async (one) => ({ ...one, backAtMs: await leave(one.story, AWAY_DAYS) })),
  );
  await stand.worker.start();
  await Promise.all(
    away.map(async ({ story, before, backAtMs }) => {
      const view = await patiently(async () => {
        const now = await seen(story);
        const plan = now.plans.find(({ attempt }) => attempt === before.attempt);
        if (plan?.slipReason === null) throw new Error('not yet');
        return now;
      });
      expect([story.name, view.stops]).toEqual([story.name, []]);
      expect([story.name, await messagesSince(story, backAtMs - DAY_MS)]).toEqual([story.name, []]);
      expect(view.notices.filter(({ kind, status }) => kind === 'red' && status === 'served')).toEqual([]);
      expect(view.approvals.filter(({ status }) => status === 'approved')).toEqual([]);
      await walkOn(story);
      assertUncompressed(await seen(story), backAtMs);
    }),
  );
}, 300_000);
