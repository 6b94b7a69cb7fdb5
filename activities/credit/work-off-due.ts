import { heartbeat } from '@temporalio/activity';
import { caseNowMs } from '../../db/case-clock.ts';
import { judgeNow } from '../../intake/credit/judge-now.ts';
import { act, type ActivityDeps } from '../deps.ts';

const PAGE = 200;

/** Judges anew whoever changed (K5.3): each account in a transaction of its own, and its requests are done with it. */
export const workOffCreditDue =
  (deps: ActivityDeps) =>
  async (at: { companyId: string }): Promise<{ judged: number; more: boolean }> => {
    const waiting = await act(deps, at, (tx) =>
      tx.rows<{ accountId: string; last: number }>(
        `select account_id as "accountId", max(due_id) as last
           from (select account_id, due_id from credit_due where done_at is null order by due_id limit ${PAGE}) x
          group by account_id`,
      ),
    );
    for (const { accountId, last } of waiting) {
      heartbeat(accountId);
      await act(deps, at, async (tx) => {
        await tx.row('select 1 from accounts where account_id = $1 for no key update', [accountId]);
        await judgeNow(tx, {
          ...{ companyId: at.companyId, accountId, cause: 'major-change' },
          nowMs: await caseNowMs(tx, accountId),
        });
        await tx.run(
          'update credit_due set done_at = clock_timestamp() where account_id = $1 and due_id <= $2 and done_at is null',
          [accountId, last],
        );
      });
    }
    return { judged: waiting.length, more: waiting.length > 0 };
  };
