import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { begin, caseNow, seen, walkTo, type Story } from '../../support/town/story.ts';
import { COMPANY, rowsOf, type Town } from '../../support/town/town.ts';
import { expectAccessible, type BrowserTown } from '../support/browser.ts';

/** An important user whose stop waits for the company's head and the liaison. */
export async function importantUser(town: Town, name: string, customerName: string): Promise<Story> {
  const story = await begin(town, name, {
    ...{ customerName, customerClass: 'non-resident', category: 'important' },
  });
  await walkTo(story, 'approval');
  return story;
}

const CHINA_MS = 8 * 3_600_000;
/** As the box of a browser in China takes a moment. */
const inChina = (at: string): string => new Date(Date.parse(at) + CHINA_MS).toISOString().slice(0, 16);

async function sign(page: Page, customerName: string): Promise<void> {
  await page.getByRole('link', { name: '停电审批' }).click();
  await page.getByRole('link', { name: customerName }).click();
  await page.getByRole('button', { name: '批准停电' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('理由（必填，存档）').fill('材料齐全，同意');
  await dialog.getByRole('button', { name: '批准停电' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The company's head signs, the liaison signs and brings back the authority's receipt. @returns how the papers stand */
export async function headAndLiaison(
  { town, open }: BrowserTown,
  story: Story,
  customerName: string,
): Promise<{ approval: string | undefined; receipts: string[] }> {
  const head = await open('company-head-zhu');
  await head.getByRole('heading', { level: 1, name: '今日工作' }).waitFor();
  await sign(head, customerName);
  // One of two has signed: four eyes are not closed yet.
  await head.getByText('该人员已签署本审批').waitFor();
  expect((await seen(story)).approvals.at(-1)?.status).toBe('pending');

  const liaison = await open('liaison-you');
  await sign(liaison, customerName);
  await liaison.getByText('该审批已通过').first().waitFor();
  await walkTo(story, 'notice-period');

  await liaison.getByRole('link', { name: '上报与文书' }).click();
  await liaison.getByRole('tab', { name: '报送文书' }).click();
  const paper = liaison.getByRole('row').filter({ hasText: story.account.accountNo });
  await paper.getByText('停电通知抄报').waitFor();
  const opened = liaison.context().waitForEvent('page');
  await paper.getByRole('button', { name: '打开文书' }).click();
  expect((await opened).url()).toMatch(/^blob:/);
  await paper.getByRole('button', { name: '登记签收' }).click();
  const dialog = liaison.getByRole('dialog');
  await dialog.getByLabel('签收时间').fill(inChina(await caseNow(story)));
  await dialog.getByLabel('签收单位和签收人').fill('市发改委 收发室 李某');
  await dialog.getByRole('button', { name: '登记签收' }).click();
  await paper.waitFor({ state: 'detached' });
  await liaison.getByText('已签收', { exact: true }).click();
  await paper.getByText('市发改委 收发室 李某', { exact: false }).waitFor();
  await expectAccessible(liaison);
  const receipts = await rowsOf<{ by: string }>(
    town,
    'select receipt_by as by from papers where case_id = $1 and receipt_at is not null',
    [story.caseId],
  );
  return {
    approval: (await seen(story)).approvals.at(-1)?.status,
    receipts: receipts.map(({ by }) => by),
  };
}

/** What climbed to the top is seen by the president, who then looks at the figures of the whole company. */
export async function president({ town, open }: BrowserTown, story: Story): Promise<string | undefined> {
  await rowsOf(
    town,
    `insert into escalations (company_id, centre_id, account_id, subject, subject_id, rung, to_role, text, occurred_at)
     values ($1, 'centre-1', $2, 'restoration', 'stop/top', 4, 'company-president', 'still dark', now())`,
    [COMPANY, story.account.accountId],
  );
  const page = await open('president-qin');
  await page.getByRole('heading', { level: 1, name: '今日工作' }).waitFor();
  await page.getByText('现在没有待办').waitFor();
  await page.getByRole('link', { name: '上报与文书' }).click();
  const row = page
    .getByRole('row')
    .filter({ hasText: '复电临近或超过时限' })
    .filter({ hasText: 'still dark' });
  await row.getByText('公司主要负责人').waitFor();
  await row.getByRole('button', { name: '确认已阅' }).click();
  await row.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: '催收管理' }).click();
  await page.getByLabel('关键数字').getByRole('link').first().waitFor();
  await page.getByRole('region', { name: '在办案件：各环节' }).locator('svg').waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: '停电审批' }).click();
  await page.getByRole('heading', { level: 1, name: '停电审批' }).waitFor();
  const [seenBy] = await rowsOf<{ by: string }>(
    town,
    `select acknowledged_by as by from escalations where subject_id = 'stop/top'`,
    [],
  );
  return seenBy?.by;
}
