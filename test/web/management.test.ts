import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import readSheets from 'read-excel-file/node';
import { newAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { begin, pay, restoreByCrew, walkTo, walkToStop } from '../support/town/story.ts';
import { rowsOf, type Town } from '../support/town/town.ts';
import { expectAccessible, keepScreen, useBrowser } from './support/browser.ts';

const up = useBrowser();

interface Cases {
  stages: { centreId: string; stage: string; cases: number }[];
  centres: { centreId: string; approvals: number; stopped: number; restoring: number }[];
}

/** What the books hold by now: a second try finds what the first has left. */
async function books(
  town: Town,
): Promise<{ open: number; money: string; yuan: number; paid: number; lit: number }> {
  const count = async (sql: string): Promise<number> =>
    (await rowsOf<{ n: number }>(town, `select count(*)::int as n from ${sql}`, []))[0]?.n ?? 0;
  const paid = await count(`payments where status = 'posted' and case_id is not null`);
  const yuan = (paid * 23_456) / 100;
  return {
    ...{ open: await count(`cases where status = 'open' and centre_id = 'centre-1'`), paid, yuan },
    money: `¥${yuan.toFixed(2).replace(/\B(?=(\d{3})+(?!\d)\.)/g, ',')}`,
    lit: await count('restorations where restored_at is not null'),
  };
}

test('F57: figures of collection: numbers and pictures follow by themselves, lead to their cases and go to Excel', async () => {
  const { town, open } = up();
  const back = await begin(town, 'web-figures-back', { customerName: '许复电' });
  const { stopId } = await walkToStop(back);
  await pay(back);
  await restoreByCrew(back, stopId);
  const waiting = await begin(town, 'web-figures-approval', { customerName: '何待批' });
  await walkTo(waiting, 'approval');

  const page = await open('leader-zhao', '/console/management');
  const numbers = page.getByLabel('关键数字');
  await numbers.getByText('100.0%').waitFor();
  const before = await books(town);
  await numbers.getByText(before.money).waitFor();
  await numbers.getByText(`${before.lit} / ${before.lit} 户`).waitFor();
  await numbers
    .getByRole('link', { name: String(before.open), exact: true })
    .first()
    .waitFor();
  const stages = page.getByRole('region', { name: '在办案件：各环节' });
  await stages.locator('svg').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'management', { fullPage: true });

  // A case that begins, and money that comes in, are counted without a reload.
  const fresh = await begin(town, 'web-figures-fresh', { customerName: '吕新案' });
  await numbers
    .getByRole('link', { name: String(before.open + 1), exact: true })
    .first()
    .waitFor();
  await pay(fresh);
  await expect.poll(async () => (await books(town)).paid).toBe(before.paid + 1);
  const after = await books(town);
  await numbers.getByText(after.money).waitFor();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 Excel' }).click(),
  ]);
  const sheets = await readSheets(readFileSync(await download.path()));
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['环节', '中心', '抄表员', '收回欠费', '复电用时']);
  const today = sheets[3]?.data.at(-1);
  expect(today?.slice(1)).toEqual([after.yuan, after.paid]);
  expect(sheets[2]?.data.map((row) => row[0])).toContain('张抄表');

  await stages.getByText('数据表').click();
  await stages.getByRole('row').filter({ hasText: '停电审批' }).getByRole('link').click();
  await page.getByRole('link', { name: waiting.account.accountNo }).waitFor();
  await page.goBack();
  const readers = page.getByRole('region', { name: '各抄表员' });
  await readers.getByRole('row').filter({ hasText: '张抄表' }).getByRole('link').first().click();
  await page.getByRole('link', { name: waiting.account.accountNo }).waitFor();
  expect(new URL(page.url()).searchParams.get('readerId')).toBe('reader-zhang');
});

test('T3.3: whoever answers for restorations sees each that was late: those still dark first, then those that came late', async () => {
  const { town, open } = up();
  const story = await begin(town, 'web-late', { customerName: '孔超时' });
  const { stopId } = await walkToStop(story);
  await pay(story);
  // More than a day ago by now, and nobody has come.
  await rowsOf(
    town,
    `update restorations set missed = true, cause_at = cause_at - interval '30 hours', deadline_at = deadline_at - interval '30 hours'
      where stop_id = $1`,
    [stopId],
  );
  const page = await open('leader-zhao', '/console/management/late');
  const link = page.getByRole('link', { name: story.account.accountNo });
  await link.waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'management-late');
  await restoreByCrew(story, stopId);
  await link.waitFor({ state: 'detached' });
  await page.getByText('已复电', { exact: true }).click();
  await link.click();
  await page.getByRole('heading', { level: 1, name: /孔超时/ }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/console/service/${story.account.accountNo}`);
});

test('F57: who answers for one centre sees that centre; money is counted once and taken back when it is', async () => {
  const { town } = up();
  const theirs = await newAccount(town, { centreId: 'centre-2', readerId: 'reader-wang' });
  await must(person(town, 'clerk-chu').post('/cases', { accountNo: theirs.accountNo }));
  const seen = async (who: string) => must(person(town, who).get<Cases>('/management/cases'));
  expect(new Set((await seen('leader-wei')).centres.map(({ centreId }) => centreId))).toEqual(
    new Set(['centre-2']),
  );
  const whole = await seen('auditor-lv');
  expect(new Set(whole.stages.map(({ centreId }) => centreId))).toEqual(new Set(['centre-1', 'centre-2']));
  for (const who of ['clerk-xu', 'crew-wu', 'reader-zhang'])
    expect((await person(town, who).get('/management/cases')).status).toBe(403);

  // Another span each time: an answer is shared for some seconds by all who ask the same.
  let days = 6;
  const recovered = async () => {
    const { days: found } = await must(
      person(town, 'leader-zhao').get<{ days: { fen: number; payments: number }[] }>(
        `/management/recovered?centreId=centre-1&days=${(days += 1)}`,
      ),
    );
    return found.reduce((all, { fen }) => all + fen, 0);
  };
  const story = await begin(town, 'web-figures-money', { customerName: '施冲正' });
  const bare = await newAccount(town, { customerName: '无案件' });
  const start = await recovered();
  // In flight first, posted later: one payment.
  const payment = await pay(story, { as: 'in-flight', webhook: 'lost' });
  await must(person(town, 'clerk-xu').post(`/accounts/${story.account.accountNo}/payment-check`));
  expect(await recovered()).toBe(start);
  await town.sim.postInFlight(payment.paymentId);
  await expect.poll(recovered, { timeout: 10_000, interval: 300 }).toBe(start + 23_456);
  await town.sim.reverse(payment.paymentId);
  await expect.poll(recovered, { timeout: 10_000, interval: 300 }).toBe(start);
  // Who pays without any case is no success of collection.
  await town.sim.pay({ accountNo: bare.accountNo });
  await expect
    .poll(() => rowsOf(town, 'select 1 from payments where account_id = $1', [bare.accountId]))
    .toHaveLength(1);
  expect(await recovered()).toBe(start);
});
