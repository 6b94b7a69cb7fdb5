import { afterAll, beforeAll, expect, test } from 'vitest';
import { advanceCaseClock, caseNowMs } from '../../../db/case-clock.ts';
import { screenAccount } from '../../../intake/screening/screen-account.ts';
import { screenCentre } from '../../../intake/screening/screen-centre.ts';
import { whyAccount } from '../../../intake/screening/why.ts';
import { addDays } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { COMPANY, fileOf, openDesk, vault, type Desk } from '../import/district.ts';

let desk: Desk;
const today = civilDateAt(Date.now());
const issued = addDays(today, -90);
const old = { issued, due: addDays(today, -60) };

/** One account for each thing that can stand against collection. */
const ACCOUNTS: Record<string, Record<string, string>> = {
  'a-free': old,
  'b-water': { ...old, service: 'water' },
  'c-fresh': { issued, due: addDays(today, -1) },
  'd-small': { ...old, principal: '0.50' },
  'e-disputed': { ...old, disputed: 'yes' },
  'f-protected': { ...old, protection: 'registered' },
  'g-nobody-asked': { ...old, protection: '' },
  'h-master': { ...old, class: 'non-resident' },
  'i-hold': old,
  'j-shield': old,
  'k-in-flight': old,
  'l-moved': old,
  'm-paid': { ...old, paid: '100' },
  'n-case': old,
};

const idOf = (accountNo: string): string => vault.idOf('acc', COMPANY, accountNo);

beforeAll(async () => {
  desk = await openDesk();
  await desk.take(
    fileOf(...Object.entries(ACCOUNTS).map(([accountNo, over]) => ({ account_no: accountNo, ...over }))),
  );
  await desk.tx(async (tx) => {
    await tx.run(`update accounts set category = 'master-meter' where account_no = 'h-master'`);
    await tx.run(`update accounts set moved_out_on = $1 where account_no = 'l-moved'`, [addDays(today, -3)]);
    await tx.run(
      `insert into holds (hold_id, company_id, centre_id, account_id, kind, until_at, reason, set_by, occurred_at)
       select 'h-' || n, $1, 'centre-1', $2, kind, clock_timestamp() + days * interval '1 day', 'test', 'x', clock_timestamp()
         from (values (1, 'plan', 30), (2, 'deferral', -1)) v (n, kind, days)`,
      [COMPANY, idOf('i-hold')],
    );
    await tx.run(
      `insert into shields (company_id, shield_id, account_id, effect, order_no, reason, from_on, to_on, set_by)
       values ($1, 's-1', $2, 'both', '1', 'test', $3, $3, 'x')`,
      [COMPANY, idOf('j-shield'), today],
    );
    await tx.run(
      `insert into payments (company_id, centre_id, payment_id, status, account_id, amount_fen, channel, source, occurred_at)
       values ($1, 'centre-1', 'p-1', 'in-flight', $2, 100, 'bank', 'test', clock_timestamp())`,
      [COMPANY, idOf('k-in-flight')],
    );
    await tx.run(
      `insert into cases (case_id, company_id, centre_id, account_id, policy_version, policy, stage, stage_since, launched_by, opened_at)
       values ('case-1', $1, 'centre-1', $2, '1', '{}', 'first-dunning', clock_timestamp(), 'x', clock_timestamp())`,
      [COMPANY, idOf('n-case')],
    );
  });
});
afterAll(() => desk.close());

const codesOf = (accountNo: string): Promise<string> =>
  desk.tx(async (tx) => {
    const accountId = idOf(accountNo);
    const screened = await screenAccount(tx, vault, accountId, await caseNowMs(tx, accountId));
    const codes = [...screened.missing, ...screened.reasons].map(({ code }) => code);
    return [screened.outcome, ...codes].join(' ');
  });

test('T2.0, L2.30, L5, L10, L11, L12: each account with everything that stands against it', async () => {
  const found: Record<string, string> = {};
  for (const accountNo of Object.keys(ACCOUNTS)) found[accountNo] = await codesOf(accountNo);
  expect(found).toEqual({
    'a-free': 'permitted',
    'b-water': 'refused no-electricity-debt',
    'c-fresh': 'refused not-overdue-enough-to-collect',
    'd-small': 'refused below-minimum-debt',
    'e-disputed': 'refused bill-disputed',
    'f-protected': 'refused protected-person',
    'g-nobody-asked': 'undetermined protection-not-asked',
    'h-master': 'refused master-meter',
    'i-hold': 'refused on-hold-plan',
    'j-shield': 'refused shield-in-force',
    'k-in-flight': 'refused money-in-flight',
    'l-moved': 'refused moved-out',
    'm-paid': 'refused nothing-owed',
    'n-case': 'refused case-already-open',
  });
});

test('a centre is screened page by page, with the answers that each account gets alone', async () => {
  const items: { accountNo: string; outcome: string }[] = [];
  for (let after: string | null = ''; after !== null;) {
    const from: string = after;
    const page: Awaited<ReturnType<typeof screenCentre>> = await desk.tx((tx) =>
      screenCentre(tx, vault, { centreId: 'centre-1', after: from, limit: 4 }),
    );
    expect(page.items.length).toBeLessThanOrEqual(4);
    items.push(...page.items);
    after = page.next;
  }
  // Water, paid and already in collection: not even looked at.
  const looked = Object.keys(ACCOUNTS).filter((no) => !['b-water', 'm-paid', 'n-case'].includes(no));
  expect(items.map(({ accountNo }) => accountNo)).toEqual(looked);
  for (const { accountNo, outcome } of items)
    expect(await codesOf(accountNo)).toMatch(new RegExp(`^${outcome}`));
});

test('the case clock of an account counts, not the clock on the wall', async () => {
  await desk.tx((tx) => advanceCaseClock(tx, COMPANY, idOf('c-fresh'), 60 * 86_400_000));
  expect(await codesOf('c-fresh')).toBe('permitted');
  const page = await desk.tx((tx) => screenCentre(tx, vault, { centreId: 'centre-1', after: 'c', limit: 1 }));
  expect(page.items).toMatchObject([{ accountNo: 'c-fresh', outcome: 'permitted' }]);
});

test('`why` says in words what stands against it and what would change it', async () => {
  const why = (accountNo: string, locale: 'zh' | 'en') =>
    desk.tx((tx) => whyAccount(tx, vault, accountNo, locale));
  expect(await why('d-small', 'en')).toMatchObject({
    inCollection: false,
    outcome: 'refused',
    reasons: [
      { code: 'below-minimum-debt', clause: 'T2.0', text: expect.stringContaining('¥0.50') as string },
    ],
    whatWouldChange: [expect.stringContaining('Asked again') as string],
  });
  expect(await why('n-case', 'zh')).toMatchObject({
    inCollection: true,
    stage: 'first-dunning',
    reasons: [],
    whatWouldChange: [expect.stringContaining('¥100.00') as string],
  });
  expect((await why('a-free', 'zh')).whatWouldChange[0]).toContain('现在就可以发起催费');
  await expect(why('nobody', 'zh')).rejects.toMatchObject({ code: 'unknown-account', status: 404 });
});
