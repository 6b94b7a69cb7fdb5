import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { must, person } from '../../support/town/person.ts';
import { begin } from '../../support/town/story.ts';
import { COMPANY, rowsOf } from '../../support/town/town.ts';
import { expectCalm } from './calm.ts';
import { expectAccessible, keepScreen, type BrowserTown } from '../support/browser.ts';

/** What is late or stuck stands on the first page with what to do, and leads to the case. */
async function seeAlarm({ town }: BrowserTown, page: Page): Promise<void> {
  const story = await begin(town, 'web-operator', { customerName: '卢值守' });
  await rowsOf(
    town,
    `insert into alarms (alarm_id, company_id, centre_id, account_id, case_id, kind, subject_id, detail)
     values ('alarm/web', $1, 'centre-1', $2, $3, 'stand-down-unacknowledged', 'ticket/web', '{"minutes": 12}')`,
    [COMPANY, story.account.accountId, story.caseId],
  );
  await page.getByRole('button', { name: '重新体检' }).click();
  await page.getByRole('alert').getByText('有未消除的告警', { exact: false }).waitFor();
  const row = page.getByRole('row').filter({ hasText: story.account.accountNo });
  await row.getByText('立即打电话给班组：该户不得停电').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'operations');
  await row.getByRole('link', { name: '打开案件' }).click();
  await page.getByRole('heading', { level: 1, name: /卢值守/ }).waitFor();
  await rowsOf(town, `update alarms set cleared_at = clock_timestamp() where alarm_id = 'alarm/web'`, []);
  await page.getByRole('link', { name: '运行值守' }).click();
  await page.getByRole('button', { name: '重新体检' }).click();
  await row.waitFor({ state: 'detached' });
}

async function compareBooks(page: Page): Promise<void> {
  await page.getByRole('link', { name: '账实核对' }).click();
  await page.getByRole('button', { name: '只核对' }).click();
  const run = page.getByRole('row').filter({ hasText: '施运维' }).first();
  await run.getByText('只核对', { exact: true }).waitFor();
  await run.getByText(/流程 \d+/).waitFor();
  await expectAccessible(page);
  await run.getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: /的核对$/ }).waitFor();
  await page.locator('.ant-table-row, .nothing').first().waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'reconciliation');
  await page.getByRole('link', { name: '账实核对' }).click();
  await page.getByRole('button', { name: '核对并改正' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('会立即改正', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: '先不改' }).click();
  await dialog.waitFor({ state: 'detached' });
  await expectCalm(page);
  await keepScreen(page, 'reconciliations');
}

async function tellOthers({ town }: BrowserTown, page: Page): Promise<void> {
  await page.getByRole('link', { name: '事件订阅' }).click();
  await page.getByText('没有订阅').waitFor();
  await page.getByRole('button', { name: '新增订阅' }).click();
  const dialog = page.getByRole('dialog');
  const send = dialog.getByRole('button', { name: '新增订阅' });
  await dialog.getByLabel('接收地址（https）').fill('http://dispatch.example/hook');
  await dialog.getByLabel('签名密钥（至少 32 个字符）').fill('short');
  await send.click();
  await dialog.getByText('至少 32 个字符', { exact: true }).waitFor();
  await dialog.getByLabel('签名密钥（至少 32 个字符）').fill('known to both sides, and to them alone');
  await send.click();
  await dialog.getByRole('alert').getByText('地址须为 https', { exact: false }).waitFor();
  await expectAccessible(page);
  await dialog.getByLabel('接收地址（https）').fill('https://dispatch.example/hook');
  await send.click();
  await dialog.waitFor({ state: 'detached' });
  const row = page.getByRole('row').filter({ hasText: 'https://dispatch.example/hook' });
  await row.getByText('在用').waitFor();
  await expectCalm(page);
  await keepScreen(page, 'webhooks');
  await row.getByRole('button', { name: '终止' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '终止' }).click();
  await row.getByRole('button').waitFor({ state: 'detached' });
  await row.getByText(/终止$/).waitFor();
  const { items } = await must(
    person(town, 'auditor-lv').get<{ items: { endedAt: string | null }[] }>('/webhook-subscriptions'),
  );
  expect(items.map(({ endedAt }) => endedAt !== null)).toEqual([true]);
}

async function enterYear(page: Page): Promise<void> {
  await page.getByRole('link', { name: '节假日与调休' }).click();
  await page.getByRole('button', { name: '录入一年' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('年份').fill('2031');
  await dialog.getByLabel('公布文件').fill('国办发明电〔2030〕9号');
  await dialog.getByLabel('放假（含周末），每行一天').fill('2031-01-01\n元旦');
  await dialog.getByRole('button', { name: '录入一年' }).click();
  await dialog.getByText('每行写一天', { exact: false }).waitFor();
  await dialog.getByLabel('放假（含周末），每行一天').fill('2031-01-01\n2031-01-02');
  await dialog.getByLabel('调休上班，每行一天').fill('2031-01-05');
  await dialog.getByRole('button', { name: '录入一年' }).click();
  await dialog.waitFor({ state: 'detached' });
  const row = page.getByRole('row').filter({ hasText: '国办发明电〔2030〕9号' });
  await row.getByText('放假 2 天').click();
  await row.getByText('2031-01-01、2031-01-02').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'calendar');
}

/** The operator lands on what needs attention, and does there what the API offers an operator. @returns what the audit has of it */
export async function operate(up: BrowserTown): Promise<string[]> {
  const page = await up.open('operator-shi');
  await page.waitForURL(/\/console\/operations$/);
  await page.getByRole('heading', { level: 1, name: '运行值守' }).waitFor();
  await page.getByText(/个部分(都正常|需要处理)/).waitFor();
  await page.getByRole('region', { name: '各部分' }).getByText('流程引擎 Temporal').waitFor();
  await seeAlarm(up, page);
  await compareBooks(page);
  await tellOthers(up, page);
  await enterYear(page);
  // Whose customers these are is nobody's business here.
  expect(await page.getByRole('link', { name: /95598|催费案件|停电审批/ }).count()).toBe(0);
  const acts = await rowsOf<{ action: string }>(
    up.town,
    `select action from audit where actor = 'operator-shi' order by recorded_at`,
    [],
  );
  return acts.map(({ action }) => action);
}
