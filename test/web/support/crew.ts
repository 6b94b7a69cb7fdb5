import type { Page } from 'playwright-core';
import { begin, walkTo, type Story } from '../../support/town/story.ts';
import { rowsOf } from '../../support/town/town.ts';
import { PHONE, type BrowserTown } from './browser.ts';

/** A crew stands at the meter at the notified time; nobody has asked for the permit yet. */
export async function crewAtTheMeter(
  { town, open }: BrowserTown,
  name: string,
  customerName: string,
): Promise<{ story: Story; page: Page }> {
  // The crews' own system is out of reach: whoever acknowledges does it on our page.
  await town.sim.crew.device('device-offline');
  const story = await begin(town, name, { customerName, address: '淮阴区北京路16号' });
  await walkTo(story, async (turn) => {
    const [ticket] = await rowsOf<{ planned: string }>(
      town,
      `select planned_from as planned from tickets where case_id = $1 and kind = 'stop'`,
      [turn.caseId],
    );
    return turn.stage === 'permit' && ticket !== undefined && Date.parse(ticket.planned) <= turn.at.nowMs;
  });
  const page = await open('crew-wu', '/m/crew', PHONE);
  await page.getByRole('link').filter({ hasText: story.account.accountNo }).waitFor();
  return { story, page };
}

export const openTicket = (page: Page, story: Story): Promise<void> =>
  page.getByRole('link').filter({ hasText: story.account.accountNo }).click();

export async function askPermit(page: Page, meterNo: string): Promise<void> {
  await page.getByLabel('电能表号（看着表输入）').fill(meterNo);
  await page.getByRole('button', { name: '申请停电许可' }).click();
}
