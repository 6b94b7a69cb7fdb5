import type { Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Story } from '../../support/town/story.ts';
import { expectAccessible, type BrowserTown } from '../support/browser.ts';

/** Buttons that only look, open or save something. */
const LOOKING = /^(打开文书|送达回证|证据摘要|下载证据文件|导出 Excel|重新体检|再显示一页|查找)$/;

/** What could be pressed on this page besides what only looks. */
async function pressable(page: Page): Promise<string[]> {
  await expect
    .poll(() => page.locator('.ant-skeleton, .ant-spin-spinning').count(), { timeout: 15_000 })
    .toBe(0);
  const buttons = await page.getByRole('main').locator('button:enabled').allInnerTexts();
  return buttons.map((text) => text.trim()).filter((text) => text !== '' && !LOOKING.test(text));
}

/** The auditor finds a case, reads its chain, takes the evidence away, and can change nothing anywhere. @returns what could be pressed */
export async function audit({ open }: BrowserTown, story: Story): Promise<string[]> {
  const page = await open('auditor-lv');
  await page.getByRole('link', { name: '催费案件' }).click();
  await page.getByText('全部', { exact: true }).first().click();
  await page.getByLabel('户号').fill(story.account.accountNo);
  await page.getByLabel('户号').press('Enter');
  await page.getByRole('link', { name: story.account.accountNo }).click();
  await page.getByRole('tab', { name: '审计' }).click();
  await page.getByText(/共 \d+ 行，链条完整/).waitFor();
  await page.getByRole('cell', { name: '立案催费' }).first().waitFor();
  await expectAccessible(page);
  const found = await pressable(page);

  await page.getByRole('tab', { name: '文书' }).click();
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: '证据摘要' }).click();
  expect((await opened).url()).toMatch(/^blob:/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载证据文件' }).click(),
  ]);
  const evidence = JSON.parse(readFileSync(await download.path(), 'utf8')) as Record<string, unknown>;
  expect(JSON.stringify(evidence)).toContain(story.caseId);
  found.push(...(await pressable(page)));

  for (const [link, title] of [
    ['停电审批', '停电审批'],
    ['错误停电', '错误停电事件'],
    ['保电', '保电'],
    ['上报与文书', '上报与文书'],
    ['欠费导入', '欠费导入'],
    ['催收管理', '催收管理'],
    ['信用待办', '信用待办'],
    ['等级评定', '等级评定'],
    ['账实核对', '账实核对'],
    ['事件订阅', '事件订阅'],
    ['运行值守', '运行值守'],
  ] as const) {
    await page.getByRole('navigation').getByRole('link', { name: link, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    found.push(...(await pressable(page)).map((text) => `${link}: ${text}`));
  }
  return found;
}
