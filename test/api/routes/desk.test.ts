import { expect, test } from 'vitest';
import { addDays } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { newAccount } from '../../support/town/account.ts';
import { must, person } from '../../support/town/person.ts';
import { begin, seen, useTown, walkTo } from '../../support/town/story.ts';

const town = useTown();
const today = civilDateAt(Date.now());
interface Page<T> {
  items: T[];
  next: string | null;
}
type Refused = { code: string; reasons?: { code: string }[] };

test('T3.3: capacity is set day by day, and never below what planned stops have reserved', async () => {
  const leader = person(town(), 'leader-zhao');
  const day = addDays(today, 200);
  await must(leader.post('/capacity', { centreId: 'centre-1', day, stopLimit: 3, restoreLimit: 4 }));
  const { items } = await must(
    leader.get<Page<{ day: string; stopLimit: number }>>(`/capacity?centreId=centre-1&from=${day}&to=${day}`),
  );
  expect(items).toMatchObject([{ day, stopLimit: 3, restoreLimit: 4 }]);

  const story = await begin(town(), 'reserved');
  await walkTo(story, 'yellow-service');
  const stopDate = (await seen(story)).plans[0]?.candidates[0]?.stopDate;
  const less = await leader.post<Refused>('/capacity', {
    ...{ centreId: 'centre-1', day: stopDate },
    ...{ stopLimit: 0, restoreLimit: 0 },
  });
  expect(less.status).toBe(409);
  expect(JSON.stringify(less.body)).toContain('capacity-reserved');
  const stranger = person(town(), 'leader-wei');
  const other = await stranger.post('/capacity', {
    centreId: 'centre-1',
    day,
    stopLimit: 1,
    restoreLimit: 1,
  });
  expect([403, 404]).toContain(other.status);
});

test('L10: a weather warning is stored with its source, and the worst levels move stops', async () => {
  const leader = person(town(), 'leader-zhao');
  const warning = { region: '淮阴区', day: addDays(today, 3), level: 'orange', source: '市气象台' };
  expect(await must(leader.post('/weather-warnings', warning))).toEqual({ recalled: 0, reached: 0 });
  const { items } = await must(leader.get<Page<{ level: string }>>(`/weather-warnings?from=${today}`));
  expect(items).toMatchObject([warning]);
});

test('L8: a published year is kept with its source; a day both off and worked is refused', async () => {
  const manager = person(town(), 'manager-sun');
  const year = Number(today.slice(0, 4)) + 4;
  const published = { year, source: '国务院办公厅通知', offDays: [`${year}-01-01`], workdays: [] };
  await must(person(town(), 'company-head-zhu').post('/calendar-years', published));
  const { items } = await must(manager.get<Page<{ year: number; source: string }>>('/calendar-years'));
  expect(items.find((one) => one.year === year)).toMatchObject({ source: published.source });
  const both = await person(town(), 'company-head-zhu').post<Refused>('/calendar-years', {
    ...published,
    workdays: [`${year}-01-01`],
  });
  expect(both.status).toBe(422);
  expect(JSON.stringify(both.body)).toContain('day-off-and-worked');
});

test('T3.4: a delegation is set, listed and ended by its owner, never by whoever gains from it', async () => {
  const head = person(town(), 'head-qian');
  const delegation = {
    ...{ fromPerson: 'head-qian', toPerson: 'manager-sun', role: 'station-head' },
    validFrom: new Date(Date.now() + 60_000).toISOString(),
    validTo: new Date(Date.now() + 86_400_000).toISOString(),
  };
  const { delegationId } = await must(head.post<{ delegationId: string }>('/delegations', delegation));
  const listed = await must(head.get<Page<{ delegationId: string }>>('/delegations?state=all'));
  expect(listed.items).toMatchObject([{ delegationId, toPerson: 'manager-sun' }]);
  await must(head.post(`/delegations/${encodeURIComponent(delegationId)}/end`));
  const self = await person(town(), 'manager-sun').post<Refused>('/delegations', delegation);
  expect(self.status).toBe(409);
  expect(JSON.stringify(self.body)).toContain('four-eyes');
});

test('L8, L11: what customers say of themselves is kept, and what is no address is refused', async () => {
  const { accountNo } = await newAccount(town(), { protection: null });
  const clerk = person(town(), 'clerk-xu');
  const launched = await person(town(), 'clerk-chen').post<Refused>('/cases', { accountNo });
  expect(launched.status).toBe(409);
  const tasks = await must(person(town(), 'reader-zhang').get<Page<{ kind: string }>>('/tasks?limit=100'));
  expect(tasks.items.map(({ kind }) => kind)).toContain('ask-protection');

  const path = `/accounts/${accountNo}`;
  await must(clerk.post(`${path}/protection`, { protection: 'none', consent: true }));
  const done = await must(person(town(), 'reader-zhang').get<Page<{ kind: string }>>('/tasks?limit=100'));
  expect(done.items.map(({ kind }) => kind)).not.toContain('ask-protection');
  await must(
    clerk.post(`${path}/agreed-addresses`, { channel: 'email', address: 'a@mail.test', agreedOn: today }),
  );
  await must(clerk.post(`${path}/agreed-addresses/revocation`, { channel: 'email' }));
  await must(clerk.post(`${path}/contact`, { phone: '13912345678' }));
  const wrong = await clerk.post<Refused>(`${path}/contact`, { phone: 'call me' });
  expect(wrong.status).toBe(422);
  expect(JSON.stringify(wrong.body)).toContain('not-a-phone');
  await must(person(town(), 'clerk-chen').post('/cases', { accountNo }));
});

test('F59: the history of a case, an account and the desk is read with its chain verified', async () => {
  const story = await begin(town(), 'audited');
  await walkTo(story, 'yellow-service');
  const auditor = person(town(), 'auditor-lv');
  type Chain = Page<{ n: number; action: string }> & { chain: { lines: number; intact: boolean } };
  const first = await must(auditor.get<Chain>(`/cases/${story.caseId}/audit?limit=2`));
  expect(first.items.map(({ n }) => n)).toEqual([1, 2]);
  expect(first.chain).toMatchObject({ intact: true, brokenAt: null });
  const rest = await must(
    auditor.get<Chain>(
      `/cases/${story.caseId}/audit?limit=100&cursor=${encodeURIComponent(first.next ?? '')}`,
    ),
  );
  expect(first.items.length + rest.items.length).toBe(first.chain.lines);
  const account = await must(auditor.get<Chain>(`/accounts/${story.account.accountNo}/audit`));
  expect(account.chain.intact).toBe(true);
  const desk = await must(auditor.get<Chain>('/audit/desk?limit=100'));
  expect(desk.chain.intact).toBe(true);
  expect(desk.items.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['capacity.set', 'weather.set', 'calendar.set', 'delegation.set']),
  );
  expect((await person(town(), 'reader-zhang').get(`/cases/${story.caseId}/audit`)).status).toBe(403);
});

test('a person sees the centres of the token and no others', async () => {
  const mine = await must(person(town(), 'leader-wei').get<Page<{ centreId: string }>>('/centres'));
  expect(mine.items.map(({ centreId }) => centreId)).toEqual(['centre-2']);
  const all = await must(person(town(), 'company-head-zhu').get<Page<{ centreId: string }>>('/centres'));
  expect(all.items).toHaveLength(2);
});
