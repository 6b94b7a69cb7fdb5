import { expect } from 'vitest';
import { addDays } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import { begin } from '../../support/town/story.ts';
import { rowsOf } from '../../support/town/town.ts';
import { expectCalm } from './calm.ts';
import { choose, expectAccessible, keepScreen, type BrowserTown } from '../support/browser.ts';

/** The liaison sets shields of two reaches, sees them in force, and lifts one. @returns the orders that were lifted */
export async function shieldAndLift({ town, open }: BrowserTown): Promise<string[]> {
  const story = await begin(town, 'web-shield', { customerName: '费保电', region: '清江浦区' });
  const page = await open('liaison-you', '/console/shields');
  await page.getByText('没有保电令').waitFor();
  await expectAccessible(page);
  const today = civilDateAt(Date.now());

  const set = async (reach: () => Promise<void>, from: string, to: string, orderNo: string) => {
    await page.getByRole('button', { name: '登记保电' }).first().click();
    const dialog = page.getByRole('dialog');
    await reach();
    await dialog.getByLabel('起（含当日）').fill(from);
    await dialog.getByLabel('止（含当日）').fill(to);
    await dialog.getByLabel('文号或来源').fill(orderNo);
    await dialog.getByLabel('事由').fill('高考期间保障用电');
    await dialog.getByRole('button', { name: '登记保电' }).click();
    return dialog;
  };
  const account = async (): Promise<void> => {
    await page.getByRole('dialog').getByLabel('户号').fill(story.account.accountNo);
  };
  // Days the wrong way round are refused in words, and what was typed stays.
  const dialog = await set(account, addDays(today, 3), today, '淮政办〔2026〕7号');
  await dialog.getByRole('alert').getByText('结束日期早于开始日期').waitFor();
  await expectAccessible(page);
  await dialog.getByLabel('起（含当日）').fill(today);
  await dialog.getByLabel('止（含当日）').fill(addDays(today, 3));
  await dialog.getByRole('button', { name: '登记保电' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('保电已生效：1 件在办案件重新安排').waitFor();
  const region = async (): Promise<void> => {
    await page.getByRole('radio', { name: '一个区域' }).check();
    await choose(page, '区域', '淮阴区');
    await page.getByRole('radio', { name: '居民', exact: true }).check();
  };
  const second = await set(region, addDays(today, 200), addDays(today, 203), '淮教〔2026〕12号');
  await second.waitFor({ state: 'detached' });
  const coming = page.getByRole('row').filter({ hasText: '淮教〔2026〕12号' });
  await coming.getByText('淮阴区 · 居民').waitFor();
  await coming.getByText('将生效').waitFor();
  const standing = page.getByRole('row').filter({ hasText: story.account.accountNo });
  await standing.getByText('生效中').waitFor();
  await expectCalm(page);
  await keepScreen(page, 'shields');

  // Who works in one centre sees both and lifts neither: one is wider than the centre, the other for seniors.
  const reader = await open('reader-zhang', '/console/shields');
  await reader.getByText('淮教〔2026〕12号').waitFor();
  expect(await reader.getByRole('button', { name: /解除|登记保电/ }).count()).toBe(0);
  const head = await open('head-qian', '/console/shields');
  await head.getByText('淮教〔2026〕12号').waitFor();
  expect(await head.getByRole('button', { name: '解除' }).count()).toBe(1);

  await coming.getByRole('button', { name: '解除' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '解除保电' }).click();
  await coming.waitFor({ state: 'detached' });
  await page.getByText('全部', { exact: true }).click();
  await coming.getByText('已解除').waitFor();
  const lifted = await rowsOf<{ orderNo: string }>(
    town,
    'select order_no as "orderNo" from shields where lifted_at is not null',
    [],
  );
  return lifted.map(({ orderNo }) => orderNo);
}
