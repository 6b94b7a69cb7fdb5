import { json } from '../../db/database.ts';
import { readPolicy } from '../../db/policies/read-policy.ts';
import { keepRecord } from '../../intake/keep-record.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { nextDunningTimeMs } from '../../rules/dunning/next-dunning-time.ts';
import type { CaseInput } from '../../workflows/messages.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';

interface AccountRow {
  customer_class: 'resident' | 'non-resident';
  region: string;
}

/**
 * Opens the books of a case under the policy of the day, which it keeps to its end (idea 3). The database refuses a
 * second open case of the account (idea 4); asked twice, it answers the same.
 */
export const openCase =
  (deps: ActivityDeps) =>
  (input: CaseInput & { nowMs: number }): Promise<{ dunningAtMs: number }> =>
    act(deps, input, async (tx) => {
      const account = await tx.row<AccountRow>(
        'select customer_class, region from accounts where account_id = $1',
        [input.accountId],
      );
      if (account === undefined) throw new Error(`account ${input.accountId} is not stored`);
      const policy = await readPolicy(tx, input.companyId, {
        centreId: input.centreId,
        customerClass: account.customer_class,
        region: account.region,
        onDate: civilDateAt(input.nowMs),
      });
      const opened = await tx.run(
        `insert into cases (case_id, company_id, centre_id, account_id, policy_version, policy, stage, stage_since,
                            launched_by, opened_at)
         values ($1, $2, $3, $4, $5, $6, 'opening', $7, $8, $7) on conflict (case_id) do nothing`,
        [
          input.caseId,
          input.companyId,
          input.centreId,
          input.accountId,
          policy.version,
          json(policy),
          iso(input.nowMs),
          input.launchedBy,
        ],
      );
      if (opened > 0)
        await keepRecord(
          tx,
          { ...input, openCase: input },
          {
            action: 'case.opened',
            factId: input.caseId,
            actor: input.launchedBy,
            occurredAt: iso(input.nowMs),
            body: { policyVersion: policy.version },
          },
        );
      return { dunningAtMs: nextDunningTimeMs(input.nowMs, policy.dunningHours) };
    });
