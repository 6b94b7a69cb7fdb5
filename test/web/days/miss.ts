import { expect } from 'vitest';
import { begin, pay, walkToStop, type Story } from '../../support/town/story.ts';
import { rowsOf, type Town } from '../../support/town/town.ts';
import { quiet, walkRestoration } from '../../support/town/walk.ts';
import { expectAccessible, keepScreen, type BrowserTown } from '../support/browser.ts';

interface Told {
  toldCustomer: boolean;
  toldLeader: boolean;
}

const LATE_MS = 25 * 3_600_000;

/** A customer who paid a day and an hour ago and has no light yet. */
export async function darkTooLong(town: Town, name: string, customerName: string): Promise<Story> {
  const story = await begin(town, name, { customerName });
  const { stopId } = await walkToStop(story);
  await pay(story);
  await walkRestoration(town, story.account, stopId, LATE_MS);
  await quiet(town);
  return story;
}

/** The station head explains a late restoration: half told is not explained. @returns what the audit has of it */
export async function explainMiss({ town, open }: BrowserTown, story: Story): Promise<Told[]> {
  const page = await open('head-qian', '/console/today');
  const row = page.getByRole('row').filter({ hasText: story.account.accountNo }).filter({ hasText: '说明' });
  const explain = async (who: '已告知用户' | '已告知分管领导'): Promise<void> => {
    await row.getByRole('button', { name: '说明原因' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '说明原因' }).click();
    await dialog.getByText('请填写').waitFor();
    await dialog.getByLabel('理由（存档）').fill('暴雨冲断道路，班组绕行');
    await dialog.getByLabel(who).check();
    await expectAccessible(page);
    if (who === '已告知用户') await keepScreen(page, 'miss-explanation');
    await dialog.getByRole('button', { name: '说明原因' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await explain('已告知用户');
  expect(await row.count()).toBe(1);
  await explain('已告知分管领导');
  await row.waitFor({ state: 'detached' });

  // The explanation to the customer is a paper of the case.
  await page.goto(new URL(`/console/cases/${story.caseId}`, page.url()).href);
  await page.getByRole('tab', { name: '文书' }).click();
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: '复电逾期说明（致用户）' }).first().click();
  expect((await opened).url()).toMatch(/^blob:/);
  const told = await rowsOf<Told>(
    town,
    `select (body ->> 'toldCustomer')::boolean as "toldCustomer", (body ->> 'toldLeader')::boolean as "toldLeader"
       from audit where action = 'restoration.miss-explained' and actor = 'head-qian' order by recorded_at`,
    [],
  );
  return told;
}
