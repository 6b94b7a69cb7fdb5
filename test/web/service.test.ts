import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { begin, pay, restoreByCrew, walkTo, walkToStop } from '../support/town/story.ts';
import { expectAccessible, keepScreen, useBrowser } from './support/browser.ts';

const up = useBrowser();

/** Types into the one box and waits for the answer. */
async function find(page: Page, text: string): Promise<void> {
  await page.getByLabel('查找用户').fill(text);
  await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/account-searches')),
    page.getByRole('button', { name: '查找', exact: true }).click(),
  ]);
}

test('T3.1: the clerk finds who calls by number, phone, name or address, and nothing personal stands in an address', async () => {
  const { town, open } = up();
  const story = await begin(town, 'web-service', {
    customerName: '欧阳晓明',
    address: '淮阴区珠江路88号2幢',
    agreedChannel: 'sms',
  });
  const elsewhere = await newAccount(town, {
    customerName: '欧阳晓光',
    address: '清江浦区淮海路5号',
    centreId: 'centre-2',
    readerId: 'reader-wang',
  });
  const page = await open('clerk-xu');
  await page.getByRole('heading', { level: 1, name: '95598 服务台' }).waitFor();
  await page.getByText('只输一部分查不到').waitFor();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const { accountNo, phone } = story.account;
  const row = page.getByRole('row').filter({ hasText: accountNo });
  for (const text of [accountNo, phone, phone.slice(3), '欧阳晓明', '珠江路88号', '欧阳 珠江路']) {
    await find(page, text);
    await row.waitFor();
  }
  await expectAccessible(page);
  await find(page, '欧阳');
  await page.getByRole('row').filter({ hasText: elsewhere.accountNo }).waitFor();
  await keepScreen(page, 'service');
  for (const part of [phone.slice(3, 10), '欧阳 淮安路']) {
    await find(page, part);
    await page.getByText('没有找到用户').waitFor();
  }
  for (const url of [...asked, page.url()]) {
    expect(decodeURIComponent(url)).not.toContain('欧阳');
    expect(url).not.toContain(phone.slice(3));
  }
  // A centre's own people find their own customers only.
  const centre = await open('clerk-chen', '/console/service');
  await find(centre, '欧阳');
  await centre.getByRole('row').filter({ hasText: accountNo }).waitFor();
  expect(await centre.getByText(elsewhere.accountNo).count()).toBe(0);
});

test('T3.1, L3: whose supply is off hears what to pay; a payment nobody told of is found live and the light comes back', async () => {
  const { town, open } = up();
  const story = await begin(town, 'web-dark', { customerName: '苏来电', agreedChannel: 'sms' });
  const { stopId } = await walkToStop(story);
  const page = await open('clerk-xu', `/console/service/${story.account.accountNo}`);
  const said = page.getByRole('region', { name: '对用户说' });
  await said.getByRole('heading', { name: '已中止供电' }).waitFor();
  await said.getByText('需缴 ¥').waitFor();
  for (const part of ['电话：停电前通知', '红色停电通知书已送达', '中止供电', '尚无复电事由'])
    await page.getByText(part).first().waitFor();
  expect(await page.getByRole('button', { name: '用户说灯亮了' }).isDisabled()).toBe(true);
  await expectAccessible(page);
  await page.getByRole('button', { name: '核对缴费' }).click();
  await page.getByText('没有新的缴费').waitFor();
  await pay(story, { webhook: 'lost' });
  await page.getByRole('button', { name: '核对缴费' }).click();
  await page.getByText('已缴清，复电已开始。').waitFor();
  await said.getByRole('heading', { name: '正在为您恢复供电' }).waitFor();
  await page
    .getByRole('region', { name: '复电时限' })
    .getByText(/还剩 23 小时/)
    .waitFor();
  await page.getByText('已确认可安全送电').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'service-customer', { fullPage: true });
  await restoreByCrew(story, stopId);
  await said.getByRole('heading', { name: '灯亮了' }).waitFor();
});

test('L5: a dispute is recorded with its clock, and the procedure waits', async () => {
  const { town, open } = up();
  const story = await begin(town, 'web-dispute', { customerName: '范异议' });
  await walkTo(story, 'yellow-service');
  const page = await open('clerk-xu', `/console/service/${story.account.accountNo}`);
  await page.getByRole('button', { name: '登记异议' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: '不该停电' }).check();
  await dialog.getByRole('button', { name: '登记异议' }).click();
  await dialog.getByText('请填写').waitFor();
  await dialog.getByLabel('用户怎么说').fill('上月出差，未收到账单');
  await dialog.getByRole('button', { name: '登记异议' }).click();
  await page.getByText(/已登记，.* 前答复用户/).waitFor();
  const waits = page.getByRole('region', { name: '暂缓与异议' });
  await waits.getByText('上月出差，未收到账单').waitFor();
  await waits.getByText(/还剩 \d+ 天/).waitFor();
  await page.getByRole('heading', { name: '催缴已暂停' }).waitFor();
  await expectAccessible(page);
  const { items } = await must(
    person(town, 'clerk-xu').get<{ items: { accountNo: string; decisionDueAt: string }[] }>('/disputes'),
  );
  expect(items.map(({ accountNo }) => accountNo)).toContain(story.account.accountNo);
});
