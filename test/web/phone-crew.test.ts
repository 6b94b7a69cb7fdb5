import { expect, test } from 'vitest';
import { moveCase } from '../../tools/fast-forward/move-case.ts';
import { caseWorkflowId } from '../../workflows/messages.ts';
import { pay, seen, seenRestoration, soon, type Story } from '../support/town/story.ts';
import { COMPANY, rowsOf } from '../support/town/town.ts';
import { expectAccessible, keepScreen, PHONE, useBrowser } from './support/browser.ts';
import { askPermit, crewAtTheMeter, openTicket } from './support/crew.ts';
import { expectLargeTargets, readyForOffline, takePhoto } from './support/phone.ts';

const up = useBrowser();
const atTheMeter = (name: string, customerName: string) => crewAtTheMeter(up(), name, customerName);
const MINUTE_MS = 60_000;

/** The reader is called to the site: a wrong number is refused and says so, the right one is taken. */
async function identifyAsReader(story: Story): Promise<void> {
  const reader = await up().open('reader-zhang', '/m/round', PHONE);
  await reader.getByRole('link').filter({ hasText: '到场辨认电能表' }).click();
  const number = reader.getByLabel('电能表号（看着表输入）');
  await number.fill('M-of-the-neighbour');
  await reader.getByRole('button', { name: '登记：到场辨认电能表' }).click();
  await reader.getByText('未被接受', { exact: true }).waitFor();
  await reader.getByRole('status').filter({ hasText: '1 件未被接受' }).waitFor();
  await expectAccessible(reader);
  await keepScreen(reader, 'phone-refused', { fullPage: true });
  await reader.getByRole('button', { name: '重新办理' }).click();
  await number.fill(story.account.meterNo);
  await reader.getByRole('button', { name: '登记：到场辨认电能表' }).click();
  await reader.getByText('已上传系统').waitFor();
  await reader.getByRole('status').filter({ hasText: '1 件未被接受' }).click();
  await reader.getByRole('button', { name: '从本机移除' }).click();
  await reader.getByRole('button', { name: '确认移除' }).click();
  await reader.getByRole('status').filter({ hasText: '全部已上传' }).waitFor();
  await reader.context().close();
}

const stopsOf = (story: Story) =>
  rowsOf<{ classification: string; occurredAt: string; proof: { proofs: string[]; readingKwh: number } }>(
    story.town,
    `select classification, occurred_at as "occurredAt", proof from stops where case_id = $1`,
    [story.caseId],
  );

test("5: a crew's day: the reader identifies a meter in doubt, permit counted down, paid while the stop is recorded, light back", async () => {
  const { story, page } = await atTheMeter('phone-crew-day', '蒋停电');
  await expectAccessible(page);
  await expectLargeTargets(page);
  await keepScreen(page, 'phone-tickets');
  await openTicket(page, story);
  await askPermit(page, 'M-of-the-neighbour');
  await page.getByText('不予许可：不得停电').waitFor();
  await page.locator('.no-stop .clause', { hasText: 'T2.7' }).waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'phone-no-permit', { fullPage: true });
  await page.getByLabel('表号看不清或有疑问').check();
  await askPermit(page, story.account.meterNo);
  await identifyAsReader(story);
  await page.getByRole('button', { name: '申请停电许可' }).click();
  await page.getByRole('heading', { name: '许可停电' }).waitFor();
  expect(await page.locator('.countdown').textContent()).toMatch(/^0\d:\d\d$/);
  await expectAccessible(page);
  await expectLargeTargets(page);
  await keepScreen(page, 'phone-permit', { fullPage: true });
  await page.getByRole('button', { name: '电已断开（记下时间）' }).click();
  await page.getByText('断开时间').waitFor();
  await page.getByRole('link', { name: '今日工作票' }).click();
  await page.reload();
  await page.getByText('电已断开，还没有登记').waitFor();
  await openTicket(page, story);
  await page.getByText('断开时间').waitFor();
  await page.getByLabel('表底数（千瓦时）').fill('1234.5');
  await takePhoto(page);
  await expectAccessible(page);
  await keepScreen(page, 'phone-stop', { fullPage: true });
  // Nobody answers the call that asks whether it is safe: the crew asks.
  await story.town.sim.phone({ phone: story.account.phone, call: ['no-answer'] });
  await pay(story);
  // What was off before the payment is recorded as it was; the form beneath has lost nothing.
  await page.getByRole('dialog', { name: '撤回' }).getByText('您已在撤回之前断开').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: '去登记' }).click();
  await page.getByRole('button', { name: '登记停电' }).click();
  await page.getByText('已登记停电').waitFor();
  expect(await stopsOf(story)).toMatchObject([
    { classification: 'lawful', proof: { readingKwh: 1234.5, proofs: [expect.any(String)] } },
  ]);
  await page.getByRole('link', { name: '今日工作票' }).click();
  await page.getByText('复电（先办）').waitFor();
  await openTicket(page, story);
  await page.getByRole('heading', { level: 1, name: '复电工作票' }).waitFor();
  await expectAccessible(page);
  await expectLargeTargets(page);
  await keepScreen(page, 'phone-restore', { fullPage: true });
  await page.getByRole('button', { name: '用户确认可以送电' }).click();
  await page.getByText('用户已确认可以送电').waitFor();
  await page.getByRole('button', { name: '已送电（记下时间）' }).click();
  await page.getByRole('button', { name: '按错了，还没送电' }).click();
  await page.getByRole('button', { name: '确认还没送电' }).click();
  await page.getByRole('button', { name: '已送电（记下时间）' }).click();
  await page.getByLabel('表后验到电压').check();
  await page.getByLabel('表底数（千瓦时）').fill('1235');
  await takePhoto(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: '登记复电' }).click();
  await page.getByText('已上传系统').waitFor();
  const restored = await soon(
    () => seenRestoration(story, 'done'),
    (found) => found !== undefined,
  );
  expect(restored).toMatchObject({ missed: false, safetyConfirmedAt: expect.any(String) });
});

test('5: a stand-down takes over the whole screen in the middle of the act, and is acknowledged', async () => {
  const { story, page } = await atTheMeter('phone-stand-down', '沈撤回');
  await openTicket(page, story);
  await askPermit(page, story.account.meterNo);
  await page.getByRole('heading', { name: '许可停电' }).waitFor();
  await page.getByRole('button', { name: '电已断开（记下时间）' }).focus();
  // Billing tells us of the payment by its webhook while the hand is at the meter.
  await pay(story);
  const screen = page.getByRole('dialog', { name: '撤回' });
  await screen.getByText('用户已缴费').waitFor();
  expect(await screen.boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  expect(await screen.isVisible()).toBe(true);
  await expectAccessible(page);
  await keepScreen(page, 'phone-stand-down');
  await page.reload();
  await screen.getByRole('button', { name: '没有停电，已撤回' }).click();
  await screen.waitFor({ state: 'detached' });
  await page.getByText('本票已撤回：不得停电').waitFor();
  const [ticket] = await soon(
    () =>
      rowsOf<{ status: string; crew: string | null }>(
        story.town,
        `select status, crew_id as crew from tickets where case_id = $1 and kind = 'stop'`,
        [story.caseId],
      ),
    ([row]) => row?.status === 'recall-acknowledged',
  );
  expect(ticket).toEqual({ status: 'recall-acknowledged', crew: 'crew-wu' });
  expect(await stopsOf(story)).toEqual([]);
});

test('5: a tap by mistake is taken back: the permit counts on, and a stand-down can be acknowledged', async () => {
  const { story, page } = await atTheMeter('phone-mis-tap', '何误按');
  await openTicket(page, story);
  await askPermit(page, story.account.meterNo);
  const isOff = page.getByRole('button', { name: '电已断开（记下时间）' });
  const until = await page.getByText('停一次').textContent();
  await isOff.click();
  await page.getByText('断开时间').waitFor();
  await page.getByRole('button', { name: '按错了，没有断开' }).click();
  await expectAccessible(page);
  await keepScreen(page, 'phone-mis-tap', { fullPage: true });
  await page.getByRole('button', { name: '保留记下的时间' }).click();
  expect(await isOff.count()).toBe(0);
  await page.getByRole('button', { name: '按错了，没有断开' }).click();
  await page.getByRole('button', { name: '确认没有断开' }).click();
  await page.getByRole('heading', { name: '许可停电' }).waitFor();
  await page.reload();
  expect(await page.getByText('停一次').textContent()).toBe(until);
  expect(await page.locator('.countdown').textContent()).toMatch(/^0\d:\d\d$/);
  await page.getByRole('button', { name: '未能停电' }).waitFor();
  await isOff.click();
  await page.getByText('断开时间').waitFor();
  await pay(story);
  const screen = page.getByRole('dialog', { name: '撤回' });
  await screen.getByText('您已在撤回之前断开').waitFor();
  await screen.getByRole('button', { name: '按错了，没有断开' }).click();
  await expectAccessible(page);
  await screen.getByRole('button', { name: '确认没有断开' }).click();
  await screen.getByRole('button', { name: '没有停电，已撤回' }).click();
  await page.getByText('本票已撤回：不得停电').waitFor();
  expect(await stopsOf(story)).toEqual([]);
});

test('5: a permit that has run out locks the stop; the reason for not stopping is recorded', async () => {
  const { story, page } = await atTheMeter('phone-expired', '韩过期');
  await openTicket(page, story);
  await askPermit(page, story.account.meterNo);
  await page.getByRole('heading', { name: '许可停电' }).waitFor();
  const { town } = story;
  const [clock] = await rowsOf<{ offset: number }>(
    town,
    'select offset_ms as offset from case_clocks where account_id = $1',
    [story.account.accountId],
  );
  await moveCase({
    connection: town.engine.connection,
    namespace: town.engine.namespace,
    db: town.db,
    companyId: COMPANY,
    accountId: story.account.accountId,
    workflowId: caseWorkflowId(story.account.accountId),
    untilMs: Date.now() + (clock?.offset ?? 0) + 11 * MINUTE_MS,
  });
  await page.reload();
  await page.getByText('许可已过期：不得停电，请重新申请').waitFor();
  expect(await page.getByRole('button', { name: '电已断开（记下时间）' }).count()).toBe(0);
  await expectAccessible(page);
  await keepScreen(page, 'phone-permit-over', { fullPage: true });
  await page.getByRole('button', { name: '未能停电' }).click();
  await page.getByLabel('用户阻拦').check();
  await expectAccessible(page);
  await expectLargeTargets(page);
  await page.getByRole('button', { name: '登记未能停电' }).click();
  await page.getByText('已上传系统').waitFor();
  const [row] = await rowsOf<{ status: string; reason: string }>(
    town,
    `select status, not_done_reason as reason from tickets where case_id = $1 and kind = 'stop'`,
    [story.caseId],
  );
  expect(row).toEqual({ status: 'not-done', reason: 'customer-objects' });
});

test('5: offline: no permit means no stop, said plainly; a stop inside a live permit arrives later with its own time, once', async () => {
  const { story, page } = await atTheMeter('phone-crew-offline', '杨离线');
  await openTicket(page, story);
  await readyForOffline(page);
  await page.context().setOffline(true);
  await page.getByText('没有网络，拿不到许可：不得停电').waitFor();
  await page.getByLabel('电能表号（看着表输入）').fill(story.account.meterNo);
  expect(await page.getByRole('button', { name: '申请停电许可' }).isDisabled()).toBe(true);
  await keepScreen(page, 'phone-no-network', { fullPage: true });
  await page.context().setOffline(false);
  await askPermit(page, story.account.meterNo);
  await page.getByRole('heading', { name: '许可停电' }).waitFor();
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText('网络已断：许可仍在有效期内').waitFor();
  await page.getByRole('button', { name: '电已断开（记下时间）' }).click();
  await page.getByLabel('表底数（千瓦时）').fill('88');
  await takePhoto(page);
  await page.getByRole('button', { name: '登记停电' }).click();
  await page.getByText('已存在本机，待联网').waitFor();
  await page.reload();
  await page.getByRole('status').filter({ hasText: '1 件待联网' }).waitFor();
  expect(await stopsOf(story)).toEqual([]);
  const offAgainAtMs = Date.now();
  await page.context().setOffline(false);
  await page.getByRole('status').filter({ hasText: '全部已上传' }).waitFor();
  const stops = await stopsOf(story);
  expect(stops).toMatchObject([{ classification: 'lawful', proof: { readingKwh: 88 } }]);
  const [clock] = await rowsOf<{ offset: number }>(
    story.town,
    'select offset_ms as offset from case_clocks where account_id = $1',
    [story.account.accountId],
  );
  expect(Date.parse(stops[0]?.occurredAt ?? '')).toBeLessThan(offAgainAtMs + (clock?.offset ?? 0));
  expect((await seen(story)).stops).toHaveLength(1);
});

test('5: paid while the crew is out of reach: what was done under a permit taken back is told as it was, and the light is owed', async () => {
  const { story, page } = await atTheMeter('phone-paid-unheard', '秦未闻');
  await openTicket(page, story);
  await readyForOffline(page);
  await askPermit(page, story.account.meterNo);
  await page.getByRole('heading', { name: '许可停电' }).waitFor();
  await page.context().setOffline(true);
  await pay(story);
  await page.getByRole('button', { name: '电已断开（记下时间）' }).click();
  await takePhoto(page);
  await page.getByRole('button', { name: '登记停电' }).click();
  await page.getByText('已存在本机，待联网').waitFor();
  await page.context().setOffline(false);
  await page.getByText('这次停电不合规定，系统已发起复电').waitFor();
  await expectAccessible(page);
  expect(await stopsOf(story)).toMatchObject([{ classification: 'wrongful' }]);
  await page.getByRole('link', { name: '今日工作票' }).click();
  await page
    .getByRole('link')
    .filter({ hasText: '复电工作票' })
    .filter({ hasText: story.account.accountNo })
    .waitFor();
});
