import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { must, person } from '../support/town/person.ts';
import { begin, seen, soon, type Story } from '../support/town/story.ts';
import { rowsOf } from '../support/town/town.ts';
import { expectAccessible, keepScreen, PHONE, useBrowser } from './support/browser.ts';
import { expectLargeTargets, readyForOffline, sign, takePhoto, walkToServe } from './support/phone.ts';

const up = useBrowser();

interface ServiceRow {
  method: string;
  counts: boolean;
  proofs: number;
  occurredAt: string;
}

/** Width and height as the frame of a JPEG says them. */
function sizeOfJpeg(file: Buffer): { width: number; height: number } {
  const frame = file.indexOf(Buffer.from([0xff, 0xc0]));
  return { width: file.readUInt16BE(frame + 7), height: file.readUInt16BE(frame + 5) };
}

const servicesOf = (story: Story, kind: string): Promise<ServiceRow[]> =>
  rowsOf<ServiceRow>(
    story.town,
    `select s.method, s.counts, cardinality(s.proof_sha256) as proofs, s.occurred_at as "occurredAt"
       from services s join notices n using (notice_id)
      where n.case_id = $1 and n.kind = $2 and s.method not in ('electronic', 'letter') order by s.recorded_at`,
    [story.caseId, kind],
  );

test('4: a red notice is signed for with a finger, and the stop day that this fixes is shown before and after', async () => {
  const { town, open } = up();
  const story = await begin(town, 'phone-signature', { customerName: '冯签收', address: '淮阴区长江路8号' });
  await walkToServe(story, 'red');
  const isOn = async (personId: string, query = ''): Promise<boolean> => {
    const { items } = await must(
      person(town, personId).get<{ items: { accountNo: string }[] }>(`/rounds/reader${query}`),
    );
    return items.some(({ accountNo }) => accountNo === story.account.accountNo);
  };
  expect(await isOn('reader-zhang')).toBe(true);
  expect([await isOn('clerk-chen'), await isOn('clerk-chen', '?everybody=true')]).toEqual([false, true]);
  const page = await open('reader-zhang', '/m/round', PHONE);
  await page.getByRole('heading', { level: 1, name: '今日送达' }).waitFor();
  const stop = page.getByRole('link').filter({ hasText: story.account.accountNo });
  await stop.getByText('今天不送达，停电日作废').waitFor();
  await expectAccessible(page);
  await expectLargeTargets(page);
  await keepScreen(page, 'phone-round');
  await stop.click();
  const shown = await page.locator('.stop-day strong').textContent();
  await page.getByLabel('用户签名').check();
  const record = page.getByRole('button', { name: '登记：用户签名' });
  expect(await record.isDisabled()).toBe(true);
  await page.getByLabel('电能表号（看着表输入）').fill('M-another-meter-x');
  await page.getByText('与单上的表号').waitFor();
  await page.getByLabel('电能表号（看着表输入）').fill(story.account.meterNo);
  await sign(page);
  await expectAccessible(page);
  await expectLargeTargets(page);
  await keepScreen(page, 'phone-serve', { fullPage: true });
  // A thumb that taps twice has served once.
  await record.dblclick();
  await page.getByText('停电时间已确定').waitFor();
  await page.getByText('已上传系统').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'phone-served', { fullPage: true });
  const view = await soon(
    () => seen(story),
    ({ notices }) => notices.some(({ kind, status }) => kind === 'red' && status === 'served'),
  );
  const red = view.notices.find(({ kind }) => kind === 'red');
  const stopAt = new Date(Date.parse(red?.stopAt ?? '') + 8 * 3_600_000).toISOString();
  expect(shown).toContain(stopAt.slice(11, 16));
  expect(shown?.replaceAll('/', '-')).toContain(stopAt.slice(0, 10));
  expect(await page.locator('.stop-day strong').textContent()).toContain(
    `${stopAt.slice(0, 10)} ${stopAt.slice(11, 16)}`,
  );
  await page.getByRole('status').filter({ hasText: '全部已上传' }).waitFor();
  expect(await servicesOf(story, 'red')).toMatchObject([{ method: 'signature', counts: true, proofs: 1 }]);
});

test('4: a refusal counts with witness and circumstances; what does not count says why and is done again', async () => {
  const { town, open } = up();
  const story = await begin(town, 'phone-refusal', { customerName: '陈拒签' });
  await walkToServe(story, 'yellow');
  const page = await open('reader-zhang', '/m/', PHONE);
  await page.getByRole('link').filter({ hasText: story.account.accountNo }).click();
  await page.getByLabel('留置并拍照').check();
  await page.getByLabel('电能表号（看着表输入）').fill('M000');
  await takePhoto(page);
  await page.getByRole('button', { name: '登记：留置并拍照' }).click();
  await page.getByText('已登记，但不算送达').waitFor();
  await page.locator('.act-state .reasons').getByText('T2.7').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'phone-does-not-count', { fullPage: true });
  await page.getByRole('button', { name: '重新办理' }).click();
  await page.getByLabel('拒签（有见证）').check();
  await page.getByLabel('电能表号（看着表输入）').fill(story.account.meterNo);
  await page.getByLabel('见证人（姓名、身份）').fill('居委会王主任');
  await page.getByLabel('拒签经过').fill('当面说明，拒绝签收');
  await takePhoto(page);
  await keepScreen(page, 'phone-refusal', { fullPage: true });
  await page.getByRole('button', { name: '登记：拒签（有见证）' }).click();
  await page.getByText('已上传系统').waitFor();
  // The camera's picture was 2000 by 1500: it left smaller, and it is the picture.
  const [proof] = await rowsOf<{ sha256: string }>(
    town,
    `select s.proof_sha256[1] as sha256 from services s join notices n using (notice_id)
      where n.case_id = $1 and s.method = 'refusal'`,
    [story.caseId],
  );
  const sha256 = proof?.sha256 ?? '';
  const file = readFileSync(path.join(town.settings.BLOB_DIR, sha256.slice(0, 2), sha256));
  expect(sizeOfJpeg(file)).toEqual({ width: 1600, height: 1200 });
  expect(await servicesOf(story, 'yellow')).toMatchObject([
    { method: 'photo', counts: false },
    { method: 'refusal', counts: true, proofs: 1 },
  ]);
});

test('4: without a network a service waits on the device, also over a reload, and arrives once with its own time', async () => {
  const { town, open } = up();
  const story = await begin(town, 'phone-offline', { customerName: '褚离线' });
  await walkToServe(story, 'yellow');
  const page = await open('reader-zhang', '/m/round', PHONE);
  const stop = page.getByRole('link').filter({ hasText: story.account.accountNo });
  await stop.waitFor();
  await readyForOffline(page);
  await page.context().setOffline(true);
  await page.reload();
  await stop.click();
  await page.getByLabel('用户签名').check();
  await page.getByLabel('电能表号（看着表输入）').fill(story.account.meterNo);
  await sign(page);
  await page.getByRole('button', { name: '登记：用户签名' }).click();
  await page.getByText('已存在本机，待联网').waitFor();
  await page.reload();
  await page.getByRole('status').filter({ hasText: '没有网络 · 1 件待联网' }).click();
  await page.getByRole('heading', { level: 1, name: '本机记录' }).waitFor();
  await page.getByText('没有网络也能打开本页').waitFor();
  await expectAccessible(page);
  await expectLargeTargets(page);
  await keepScreen(page, 'phone-device');
  expect(await servicesOf(story, 'yellow')).toEqual([]);
  // The answer to the first try is lost on its way: the act has arrived, and the device does not know it.
  let lost = 0;
  await page.route('**/services', async (route) => {
    lost += 1;
    if (lost > 1) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await page.context().setOffline(false);
  await page.getByRole('status').filter({ hasText: '全部已上传' }).waitFor();
  expect(lost).toBe(2);
  const services = await servicesOf(story, 'yellow');
  expect(services).toMatchObject([{ method: 'signature', counts: true, proofs: 1 }]);
  await page.reload();
  await page.getByText('已上传系统').waitFor();
  expect(await servicesOf(story, 'yellow')).toHaveLength(1);
});

test('4: the keyboard alone serves a notice', async () => {
  const { town, open } = up();
  const story = await begin(town, 'phone-keyboard', { customerName: '卫键盘' });
  await walkToServe(story, 'yellow');
  const page = await open('reader-zhang', '/m/round', PHONE);
  await page.getByRole('link').filter({ hasText: story.account.accountNo }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('用户签名').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('textbox', { name: '为何未能送达' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('家中无人');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('已登记，但不算送达').waitFor();
  expect(await servicesOf(story, 'yellow')).toMatchObject([
    { method: 'not-served', counts: false, proofs: 0 },
  ]);
});
