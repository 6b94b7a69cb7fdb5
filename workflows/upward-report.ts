import { condition, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import type { RestorationOwnActivities } from '../activities/contract.ts';
import { factSignal, whereaboutsQuery } from './case/context.ts';
import type { ReportInput } from './messages.ts';

const own = proxyLocalActivities<Pick<RestorationOwnActivities, 'raiseReportRung'>>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '500ms', maximumInterval: '1 minute' },
});

/** A report that climbs level by level until someone acknowledges it (T2.2); the top rung is asked again until then. */
export async function upwardReport(input: ReportInput): Promise<'settled'> {
  let facts = 0;
  let nextWakeMs: number = input.firstRungAtMs;
  const nowMs = () => Date.now() + input.clockOffsetMs;
  setHandler(factSignal, () => {
    facts += 1;
  });
  setHandler(whereaboutsQuery, () => ({ stage: 'reporting', attempt: 1, nowMs: nowMs(), nextWakeMs }));
  const { companyId, centreId, accountId, subject, subjectId, text } = input;
  const rungNow = (rung: number) => {
    const toRole = input.rungs[Math.min(rung, input.rungs.length) - 1] ?? 'station-head';
    return own.raiseReportRung({
      companyId,
      centreId,
      accountId,
      subject,
      subjectId,
      text,
      rung,
      toRole,
      nowMs: nowMs(),
    });
  };
  for (let rung = 1; ; rung += 1) {
    const seen = facts;
    if (nextWakeMs > nowMs()) await condition(() => facts > seen, nextWakeMs - nowMs());
    const { settled } = await rungNow(rung);
    if (settled) return 'settled';
    nextWakeMs = nowMs() + input.rungEveryMs;
  }
}
