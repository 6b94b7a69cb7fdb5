import type { Page } from 'playwright-core';
import QRCode from 'qrcode';
import { expect, test } from 'vitest';
import { rowsOf } from '../support/town/town.ts';
import { expectAccessible, keepScreen, useBrowser } from './support/browser.ts';
import { crewAtTheMeter, openTicket } from './support/crew.ts';
import { expectLargeTargets } from './support/phone.ts';
import { bringScanner, codeOf, scan } from './support/scanner.ts';

const up = useBrowser();
const SOON = { timeout: 10_000 };
const numberOn = (page: Page) => page.getByLabel('电能表号（看着表输入）');

/** Two codes beside each other, as in a box with several meters. */
async function twoCodes(page: Page, ...texts: readonly [string, string]): Promise<Buffer> {
  const urls = await Promise.all(texts.map((text) => QRCode.toDataURL(text, { width: 240, margin: 4 })));
  const data = await page.evaluate<string>(`(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [480, 240];
    const pen = canvas.getContext('2d');
    for (const [at, url] of ${JSON.stringify(urls)}.entries()) {
      const image = new Image();
      image.src = url;
      await image.decode();
      pen.drawImage(image, at * 240, 0);
    }
    return canvas.toDataURL('image/png').split(',')[1];
  })()`);
  return Buffer.from(data, 'base64');
}

test('T2.7: a scanned meter: unread says what to do, the wrong one is refused, the right one gets the permit', async () => {
  const { story, page } = await crewAtTheMeter(up(), 'phone-scan', '苗扫码');
  await bringScanner(page);
  await page.reload();
  await openTicket(page, story);
  await page.getByText('扫码', { exact: true }).waitFor();
  await expectLargeTargets(page);

  const said = page.locator('.said');
  await scan(page, await codeOf('M-of-the-neighbour'));
  await expect.poll(() => numberOn(page).inputValue(), SOON).toBe('M-of-the-neighbour');
  await page.getByRole('button', { name: '申请停电许可' }).click();
  await page.getByText('不予许可：不得停电').waitFor();
  await page.locator('.no-stop .clause', { hasText: 'T2.7' }).waitFor();
  const permits = () => rowsOf(story.town, 'select 1 from permits where case_id = $1', [story.caseId]);
  expect(await permits()).toEqual([]);

  // A photo in which there is nothing, one that is no photo, and one of several meters: nothing is taken for the number.
  await numberOn(page).fill('');
  await scan(page, await page.screenshot({ clip: { x: 0, y: 0, width: 120, height: 100 } }));
  await said.getByText('没有认出条码：对准、靠近再拍一次，或者看着表手工输入表号').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'phone-scan', { fullPage: true });
  await numberOn(page).fill('M');
  await expect.poll(() => said.textContent(), SOON).toBe('');
  await scan(page, Buffer.from('no picture'));
  await said.getByText('没有认出条码').waitFor();
  await scan(page, await twoCodes(page, story.account.meterNo, 'M-of-the-neighbour'));
  await said.getByText('照片里有几个不同的条码').waitFor();
  expect(await numberOn(page).inputValue()).toBe('M');

  await scan(page, await codeOf(story.account.meterNo));
  await expect.poll(() => numberOn(page).inputValue(), SOON).toBe(story.account.meterNo);
  expect(await said.textContent()).toBe('');
  await page.getByRole('button', { name: '申请停电许可' }).click();
  await page.getByRole('heading', { name: '许可停电' }).waitFor();
  expect(await permits()).toHaveLength(1);
});

test('T2.7: a browser that reads no codes offers no scan; the number is typed', async () => {
  const { story, page } = await crewAtTheMeter(up(), 'phone-no-scan', '祝手输');
  expect(await page.evaluate<string>('typeof globalThis.BarcodeDetector')).toBe('undefined');
  await openTicket(page, story);
  await numberOn(page).fill(story.account.meterNo);
  expect(await page.getByText('扫码', { exact: true }).count()).toBe(0);
  await page.getByRole('button', { name: '申请停电许可' }).click();
  await page.getByRole('heading', { name: '许可停电' }).waitFor();
});
