import { expect } from 'vitest';
import { desk, type SeenIncident } from '../../support/town/facts.ts';
import { must } from '../../support/town/person.ts';
import { begin, restoreByCrew, walkToStop, type Story } from '../../support/town/story.ts';
import type { Town } from '../../support/town/town.ts';
import { photo } from '../../support/town/walk.ts';
import { expectAccessible, keepScreen, type BrowserTown } from '../support/browser.ts';
import { expectCalm } from './calm.ts';

/** A crew stops a customer without asking for a permit. */
export async function stopWithoutPermit(
  town: Town,
  name: string,
  customerName: string,
): Promise<{ story: Story; stopId: string }> {
  const story = await begin(town, name, { customerName });
  const { stopId } = await walkToStop(story, {
    onSite: async (turn, { ticketId, meterNo }) => {
      await must(
        turn.crew.post(`/tickets/${encodeURIComponent(ticketId)}/executions`, {
          ...{ permitId: null, meterNo, proofs: [await photo(town)] },
        }),
      );
    },
  });
  return { story, stopId };
}

/** The station head makes a wrongful stop good, part by part, and closes it. @returns what was closed */
export async function makeGood(
  { town, open }: BrowserTown,
  { story, stopId }: { story: Story; stopId: string },
): Promise<SeenIncident[]> {
  const list = await open('head-qian', '/console/incidents');
  const row = list.getByRole('row').filter({ hasText: story.account.accountNo });
  await row.getByText('复电', { exact: true }).waitFor();
  await row.getByText('无许可停电', { exact: false }).waitFor();
  await expectAccessible(list);
  await keepScreen(list, 'incidents');
  await list.getByRole('link', { name: '葛错停' }).click();
  const page = list;
  await page.getByRole('heading', { level: 1, name: '错误停电：葛错停' }).waitFor();
  const close = page.getByRole('button', { name: '结案' });
  expect(await close.isDisabled()).toBe(true);
  await page.getByText('还不能结案，尚缺：复电、致歉、赔偿、原因').waitFor();
  await expectAccessible(page);

  const record = async (verb: string, fill?: [label: string, text: string]) => {
    await page.getByRole('button', { name: verb, exact: true }).click();
    const dialog = page.getByRole('dialog');
    if (fill !== undefined) {
      // Nothing is sent that the API would have to guess.
      await dialog.getByRole('button', { name: verb, exact: true }).click();
      await dialog.getByText('请填写').waitFor();
      await dialog.getByLabel(fill[0]).fill(fill[1]);
    }
    await dialog.getByRole('button', { name: verb, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await record('登记致歉');
  await record('登记赔偿', ['赔偿金额（元）', '200.5']);
  await page.getByText('¥200.50').waitFor();
  await record('登记原因', ['原因（存档）', '班组未申请许可即断开']);
  await expectCalm(page);
  await keepScreen(page, 'incident');
  expect(await close.isDisabled()).toBe(true);
  // The light comes back, and the page says so by itself.
  await restoreByCrew(story, stopId);
  await page.getByText(/已复电$/).waitFor();
  await record('结案');
  await page.getByText(/结案$/).and(page.locator('p')).waitFor();
  expect(await page.getByRole('button', { name: '更正' }).count()).toBe(0);

  // A team leader sees what is owed and by whom it is made good; nothing to press.
  const looker = await open('leader-zhao', `/console/incidents/${encodeURIComponent(`incident/${stopId}`)}`);
  await looker.getByText(/结案$/).and(looker.locator('p')).waitFor();
  expect(await looker.getByRole('main').getByRole('button').count()).toBe(0);
  return desk(town, 'auditor-lv').incidents('closed');
}
