import { expect, test } from 'vitest';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { newAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { begin, seen, useTown, walkTo } from '../support/town/story.ts';
import { rowsOf } from '../support/town/town.ts';

const town = useTown();

test('T2.0: of five launches in one moment one opens the case, the others hear why not', async () => {
  const { accountNo, accountId } = await newAccount(town());
  const clerk = person(town(), 'clerk-chen');
  const answers = await Promise.all(Array.from({ length: 5 }, () => clerk.post('/cases', { accountNo })));
  expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
  const refused = answers.filter(({ status }) => status === 409);
  expect(refused).toHaveLength(4);
  for (const { body } of refused) expect(JSON.stringify(body)).toContain('case-already-open');
  await expect
    .poll(() =>
      rowsOf<{ n: number }>(town(), 'select count(*)::int as n from cases where account_id = $1', [
        accountId,
      ]),
    )
    .toEqual([{ n: 1 }]);
});

test('a running case keeps the policy that it started with; the next one gets the new', async () => {
  const running = await begin(town(), 'old-policy');
  await walkTo(running, 'yellow-service');
  const today = civilDateAt(Date.now());
  await must(
    person(town(), 'company-head-zhu').post('/policies', {
      version: 'stricter-1',
      validFrom: today,
      validTo: addDays(today, 300),
      body: { firstDunningPeriodDays: 20 },
    }),
  );
  const later = await begin(town(), 'new-policy');
  await walkTo(running, 'approval');
  const policyOf = async ({ caseId }: { caseId: string }) =>
    (
      await rowsOf<{ version: string; days: number }>(
        town(),
        `select policy_version as version, (policy ->> 'firstDunningPeriodDays')::int as days from cases where case_id = $1`,
        [caseId],
      )
    )[0];
  await expect.poll(() => policyOf(later)).toEqual({ version: 'stricter-1', days: 20 });
  expect(await policyOf(running)).toMatchObject({ days: 7 });
  const [plan] = (await seen(running)).plans;
  expect(plan?.status).toBe('planned');
});
