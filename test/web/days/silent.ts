import { expect } from 'vitest';
import { begin, seen, walkOn, walkTo, type Story } from '../../support/town/story.ts';
import type { Town } from '../../support/town/town.ts';
import { photo, type Turns } from '../../support/town/walk.ts';
import { must } from '../../support/town/person.ts';
import { expectAccessible, keepScreen, type BrowserTown } from '../support/browser.ts';

/** Nobody of this customer signs or answers: what proves service is a photo. */
const BY_PHOTO: Turns = {
  serve: async (turn, task) => {
    await must(
      turn.reader.post(`/notices/${encodeURIComponent(task.ref)}/services`, {
        ...{ method: 'photo', meterNo: turn.account.meterNo, proofs: [await photo(turn.town)] },
      }),
    );
  },
};

/** A case at its work ticket, of which nobody is known to know. */
export async function nobodyKnows(town: Town, name: string, customerName: string): Promise<Story> {
  const story = await begin(town, name, {
    customerName,
    calls: { call: ['no-answer'], sms: 'delivered' },
  });
  await walkTo(story, 'ticket', BY_PHOTO);
  return story;
}

/** A senior decides on two stops nobody knows of: one from the list of today, one on the case. @returns what became of them */
export async function decideForSilent(
  { open }: BrowserTown,
  [refused, allowed]: readonly [Story, Story],
): Promise<{ status: string; stage: string; stops: number }[]> {
  const page = await open('head-qian', '/console/today');
  const row = page.getByRole('row').filter({ hasText: refused.account.accountNo });
  await row.getByText('无人知悉：由上级决定').waitFor();
  await row.getByRole('button', { name: '作出决定' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('您不决定，本次停电到时顺延', { exact: false }).waitFor();
  // Nothing is chosen beforehand, and no decision goes without its reason.
  expect(await dialog.getByRole('radio', { checked: true }).count()).toBe(0);
  await dialog.getByRole('button', { name: '作出决定' }).click();
  await expect.poll(() => dialog.getByText('请填写').count()).toBe(2);
  await expectAccessible(page);
  await dialog.getByRole('radio', { name: '不停电，召回班组' }).check();
  await dialog.getByLabel('理由（存档）').fill('上门两次无人，不能确认用户知情');
  await keepScreen(page, 'senior-decision');
  await dialog.getByRole('button', { name: '作出决定' }).click();
  await row.getByText('无人知悉：由上级决定').waitFor({ state: 'detached' });

  const other = await open('manager-sun', `/console/cases/${allowed.caseId}`);
  await other.getByRole('complementary').getByRole('button', { name: '作出决定' }).click();
  const second = other.getByRole('dialog');
  await second.getByRole('radio', { name: '可以停电，仍须通过其余核对' }).check();
  await second.getByLabel('理由（存档）').fill('两次上门均见有人，拒不应答');
  await second.getByRole('button', { name: '作出决定' }).click();
  await second.waitFor({ state: 'detached' });
  await other.getByText('上级决定').first().waitFor();
  await walkOn(allowed, BY_PHOTO);
  await walkTo(refused, ({ stage }) => stage !== 'ticket', BY_PHOTO);
  return Promise.all(
    [refused, allowed].map(async (story) => {
      const { status, stage, stops } = await seen(story);
      return { status, stage, stops: stops.length };
    }),
  );
}
