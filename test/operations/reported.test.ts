import { beforeAll, expect, test } from 'vitest';
import { wholeCompany } from '../../db/database.ts';
import { realSystems } from '../../systems/assemble-real.ts';
import { caseWorkflowId } from '../../workflows/messages.ts';
import { newAccount } from '../support/town/account.ts';
import { must } from '../support/town/person.ts';
import { begin, useTown, walkOn, walkTo, walkToStop, type Story } from '../support/town/story.ts';
import { COMPANY, rowsOf } from '../support/town/town.ts';
import { reconcile } from './support/look.ts';

const town = useTown();
const change = (sql: string, values: unknown[]) =>
  town().db.tx(wholeCompany(COMPANY), (tx) => tx.run(sql, values));

/** What a comparison found of one account, as `kind: action`. */
async function found(account: { accountNo: string }, dryRun = false): Promise<string[]> {
  const all = await reconcile(town(), dryRun);
  return all
    .filter(({ accountNo }) => accountNo === account.accountNo)
    .map(({ kind, action }) => `${kind}: ${action}`)
    .toSorted();
}

const told = new Map<string, Story>();
const storyOf = (name: string): Story => {
  const story = told.get(name);
  if (story === undefined) throw new Error(`${name} was not told`);
  return story;
};
const ticketOf = async (story: Story): Promise<string> => {
  const [row] = await rowsOf<{ id: string }>(
    town(),
    `select ticket_id as id from tickets where case_id = $1 and kind = 'stop'`,
    [story.caseId],
  );
  return row?.id ?? '';
};

beforeAll(async () => {
  const walks: [string, (story: Story) => Promise<unknown>][] = [
    ['written-off', walkToStop],
    ['money-not-at-billing', (story) => walkTo(story, 'first-dunning')],
    ['number-changed', (story) => walkTo(story, 'first-dunning')],
    ['closed-with-ticket', (story) => walkTo(story, 'permit')],
    ['taken-back', (story) => walkTo(story, 'permit')],
    [
      'silent-crew',
      (story) =>
        walkOn(story, {
          // The crew gets its permit and is not heard of again.
          onSite: async ({ crew, account }, { ticketId }) => {
            const path = `/tickets/${encodeURIComponent(ticketId)}/permits`;
            await must(crew.post(path, { readMeterNo: account.meterNo }));
          },
          before: async () =>
            (await rowsOf(town(), 'select 1 from permits where case_id = $1', [story.caseId])).length > 0,
        }),
    ],
  ];
  await Promise.all(
    walks.map(async ([name, walk]) => {
      const story = await begin(town(), name);
      told.set(name, story);
      await walk(story);
    }),
  );
}, 240_000);

test('T3.2: a debt that billing wrote off brings the light back, though nobody paid', async () => {
  const { account, caseId } = storyOf('written-off');
  expect(await found(account)).toEqual([]);
  const now = await town().sim.accountNow(account.accountNo);
  await town().sim.seed([
    {
      ...{ accountNo: account.accountNo, phone: account.phone },
      bills: now.bills.map((bill) => ({
        ...{ billId: bill.billId, period: bill.period, issuedDate: bill.issuedDate, dueDate: bill.dueDate },
        ...{ principalFen: account.principalFen, paidFen: account.principalFen },
      })),
    },
  ]);
  expect(await found(account)).toEqual(['cleared-without-payment: mended']);
  const triggers = await rowsOf<{ kind: string }>(
    town(),
    'select t.kind from restoration_triggers t join stops s using (stop_id) where s.case_id = $1',
    [caseId],
  );
  expect(triggers.length).toBeGreaterThan(0);
});

test('money in our books that billing does not know is reported', async () => {
  const { account } = storyOf('money-not-at-billing');
  await change(
    `insert into payments (company_id, centre_id, account_id, payment_id, status, amount_fen, channel, source, occurred_at, recorded_at)
     values ($1, 'centre-1', $2, 'nobody-knows', 'posted', 100, 'wechat', 'webhook', now() - interval '3 days', now() - interval '3 days')`,
    [COMPANY, account.accountId],
  );
  expect(await found(account)).toEqual(['payment-unknown-to-billing: reported']);
});

test('an account that billing does not know is reported', async () => {
  const { account } = storyOf('number-changed');
  const accountNo = `9${account.accountNo.slice(1)}`;
  await change('update accounts set account_no = $2 where account_id = $1', [account.accountId, accountNo]);
  expect(await found({ accountNo })).toEqual(['account-unknown-to-billing: reported']);
});

test('a ticket that is still out though its case is closed is recalled', async () => {
  const story = storyOf('closed-with-ticket');
  await town().temporal.workflow.getHandle(caseWorkflowId(story.account.accountId)).terminate('by a test');
  await change(`update cases set status = 'closed', outcome = 'withdrawn' where case_id = $1`, [
    story.caseId,
  ]);
  expect(await found(story.account, true)).toEqual(['ticket-of-closed-case: would-mend']);
  expect(await found(story.account)).toEqual(['ticket-of-closed-case: mended']);
  const [ticket] = await rowsOf<{ status: string }>(
    town(),
    'select status from tickets where ticket_id = $1',
    [await ticketOf(story)],
  );
  expect(ticket?.status).toMatch(/^recall/);
});

test('a ticket that the crews have taken back by themselves is reported', async () => {
  const story = storyOf('taken-back');
  const { fieldWork } = realSystems(town().settings);
  await fieldWork.standDown(await ticketOf(story), 'by the crews');
  expect(await found(story.account)).toContain('ticket-recalled-by-crews: reported');
});

test('T2.7: a permit that was used and led to no stop is reported; so is a meter that is off meanwhile', async () => {
  const { account, caseId } = storyOf('silent-crew');
  await change(`update permits set status = 'used' where case_id = $1`, [caseId]);
  expect(await found(account)).toContain('permit-used-without-stop: reported');
  await change('update accounts set remote_switch = true where account_id = $1', [account.accountId]);
  await town().sim.meters.operate(account.meterNo, 'open');
  expect(await found(account)).toContain('stop-not-reported: reported');
});

test('a meter that is off where the customer has moved out is reported, and nothing is switched on', async () => {
  const account = await newAccount(town(), { remoteSwitch: true });
  await change('update accounts set moved_out_on = current_date - 1 where account_id = $1', [
    account.accountId,
  ]);
  await town().sim.meters.operate(account.meterNo, 'open');
  expect(await found(account)).toEqual(['meter-off-moved-out: reported']);
  expect(await town().sim.meters.set(account.meterNo, {})).toMatchObject({ relay: 'open' });
});
