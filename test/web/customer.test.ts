import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from '../../tools/chromium/find-chromium.ts';
import { standing } from '../credit/support/matter.ts';
import { newAccount } from '../support/town/account.ts';
import { startTown, type Town } from '../support/town/town.ts';
import { launch, quiet, walk } from '../support/town/walk.ts';
import { expectAccessible, keepScreen, PHONE } from './support/browser.ts';

let town: Town;
let browser: Browser;
beforeAll(async () => {
  town = await startTown();
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
});

/** An old phone: small; that no script runs is the page's own policy, and axe needs one of its own. */
async function oldPhone(): Promise<Page> {
  const context = await browser.newContext({
    ...PHONE,
    viewport: { width: 360, height: 640 },
    locale: 'zh-CN',
  });
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

/** Nothing is cut off at the right. */
async function expectNarrow(page: Page): Promise<void> {
  expect(
    await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
  ).toBe(true);
}

test('a customer without scripts reads, pays at billing, and comes back to the light', async () => {
  const account = await newAccount(town, { agreedChannel: 'sms', dueDaysAgo: 45 });
  await town.sim.phone({ phone: account.phone });
  const caseId = await launch(town, account);
  await walk(town, account, caseId, { before: async ({ stage }) => stage === 'notice-period' });
  const sms = (await town.sim.books.messages(account.phone)).findLast(({ text }) => text.includes('/l/'));
  const link = /http:\S+\/l\/[\w-]+/.exec(sms?.text ?? '')?.[0] ?? '';

  const page = await oldPhone();
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: '请尽快缴费，否则将中止供电' }).waitFor();
  await expectAccessible(page);
  await expectNarrow(page);
  await keepScreen(page, 'customer-red', { fullPage: true });
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Please pay, or supply will be stopped' }).waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'customer-en');
  await page.getByRole('link', { name: '中文' }).click();

  await standing(town, account, 'B');
  await page.getByRole('link', { name: '我的用电信用' }).click();
  await page.getByRole('heading', { level: 1, name: '我的用电信用' }).waitFor();
  await expectAccessible(page);
  await expectNarrow(page);
  await keepScreen(page, 'customer-credit', { fullPage: true });
  await page.goto(link);

  await page.getByText('我不同意').click();
  await page.getByText('付不起，想分期或缓缴').click();
  await page.getByLabel('您打算怎么缴？').fill('分三个月');
  // On so small a screen every word of a choice is there to be read.
  await page.getByLabel(/不应该停电.*三个工作日内答复/s).check();
  await expectNarrow(page);
  await expectAccessible(page);
  await keepScreen(page, 'customer-help', { fullPage: true });

  await walk(town, account, caseId);
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: '已中止供电' }).waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'customer-stopped');
  await page.getByRole('button', { name: /^去缴 ¥/ }).click();
  await page.getByRole('link', { name: '打开收银台' }).click();
  await page.getByRole('heading', { name: '电费收银台' }).waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'customer-pay');
  await page.getByRole('button', { name: '微信支付' }).click();
  await page.getByRole('heading', { level: 1, name: '正在为您恢复供电' }).waitFor();
  await expectAccessible(page);
  await quiet(town);
  await expect
    .poll(async () => {
      await page.goto(link);
      return page.getByRole('button', { name: '灯亮了' }).count();
    })
    .toBe(1);
  await keepScreen(page, 'customer-restoring');
  await page.getByLabel('我看过了，家里的灯已经亮了').check();
  await page.getByRole('button', { name: '灯亮了' }).click();
  await page.getByRole('heading', { level: 1, name: '灯亮了' }).waitFor();
  await expectAccessible(page);
  await expectNarrow(page);
  await keepScreen(page, 'customer-light');
}, 180_000);
