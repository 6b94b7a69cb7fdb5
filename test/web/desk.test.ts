import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { newAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { begin, soon, walkTo } from '../support/town/story.ts';
import { choose, expectAccessible, keepScreen, useBrowser } from './support/browser.ts';

const up = useBrowser();
const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-desk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEADER = [
  '户号',
  '户名',
  '联系电话',
  '用电地址',
  '用电类别',
  '表计',
  '账单号',
  '应收金额',
  '缴费截止日期',
];
const row = (no: string, sum: string): string[] => [
  no,
  '周海燕',
  '13900091002',
  '淮阴区长江路32号',
  '居民',
  `M${no}`,
  `B${no}`,
  sum,
  '2026-09-15',
];

/** A file as an office sends it: Excel, with one column that goes by a name of its own. */
async function excel(name: string, rows: readonly string[][]): Promise<string> {
  const file = path.join(folder, name);
  const data = [HEADER, ...rows].map((cells) => cells.map((value) => ({ value, type: String })));
  await writeXlsxFile(data).toFile(file);
  return file;
}

test('F16: the centre imports Excel: preview, columns mapped, bad rows named, mended and imported again', async () => {
  const page = await up().open('clerk-chen', '/console/imports');
  await page.getByRole('heading', { level: 1, name: '欠费导入' }).waitFor();
  await expectAccessible(page);
  const bad = row('320899800002', '很多');
  await page
    .getByLabel('选择文件')
    .setInputFiles(await excel('欠费.xlsx', [row('320899800001', '312.46'), bad, row('', '12.00')]));
  await page.getByText('还缺少必需的列：电能表号').waitFor();
  const send = page.getByRole('button', { name: '导入 3 行' });
  expect(await send.isDisabled()).toBe(true);
  await choose(page, '含义 表计', '电能表号');
  await expectAccessible(page);
  await keepScreen(page, 'import-preview');
  await send.click();
  await page.getByRole('heading', { level: 1, name: '导入结果' }).waitFor();
  await page.getByText('2 行未导入').waitFor();
  await page.getByRole('cell', { name: '应收金额' }).waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'import-result');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载待改正的行' }).click(),
  ]);
  const mend = path.join(folder, 'mend.csv');
  await download.saveAs(mend);
  const { readFileSync } = await import('node:fs');
  const text = readFileSync(mend, 'utf8');
  expect(text).toContain('320899800002');
  // The office mends what it was told of, and sends the same file back.
  writeFileSync(mend, text.replace('很多', '99.90').replace(/^(,周海燕)/m, '320899800003$1'));
  await page.goto(`${up().town.apiUrl}/console/imports`);
  await page.getByLabel('选择文件').setInputFiles(mend);
  await page.getByRole('button', { name: '导入', exact: true }).click();
  await page.getByText('所有行均已导入').waitFor();
  await page.goto(`${up().town.apiUrl}/console/imports`);
  await page.getByText('欠费.csv').waitFor();
  await keepScreen(page, 'imports');
  await page.goto(`${up().town.apiUrl}/console/accounts/320899800002`);
  await page.getByText('¥99.90').first().waitFor();
});

test('a file that is no table, or of another kind, is refused in words', async () => {
  const page = await up().open('clerk-chen', '/console/imports');
  for (const [name, words] of [
    ['a.xlsx', '读不出表格'],
    ['a.pdf', '只接受 .csv 和 .xlsx'],
    ['a.csv', '读不出表格'],
  ] as const) {
    const file = path.join(folder, name);
    writeFileSync(file, 'no table at all');
    await page.getByLabel('选择文件').setInputFiles(file);
    await page.getByText(words).waitFor();
    expect(await page.getByRole('button', { name: /^导入/ }).count()).toBe(0);
  }
});

test('F66: a dry run lists who goes in and who not and why; the launch takes exactly those', async () => {
  const { town, open } = up();
  const account = await newAccount(town, { customerName: '王试算' });
  const young = await newAccount(town, { customerName: '李太早', dueDaysAgo: 1 });
  const page = await open('leader-zhao', '/console/launch');
  await page.getByRole('link', { name: account.accountNo }).waitFor();
  const tooYoung = page.getByRole('row').filter({ hasText: young.accountNo });
  await tooYoung.getByText('不允许').waitFor();
  expect(await tooYoung.locator('.clause').count()).toBeGreaterThan(0);
  await expectAccessible(page);
  await keepScreen(page, 'launch');
  await page.getByRole('button', { name: /^立案 \d+ 户$/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('立案后立即开始首次催费').waitFor();
  await dialog.getByRole('button', { name: /^立案 \d+ 户$/ }).click();
  await page.getByText(/已立案 \d+ 户/).waitFor();
  await page.getByRole('alert').getByRole('link', { name: account.accountNo }).click();
  await page.getByRole('heading', { level: 1, name: /王试算/ }).waitFor();
});

test('F59: a case tells its past, its plan, each decision with its clause, messages with proof, papers and audit', async () => {
  const { town, open } = up();
  const story = await begin(town, 'web-case', { customerName: '赵案件', agreedChannel: 'sms' });
  await walkTo(story, 'notice-period');
  const page = await open('leader-zhao', `/console/cases/${story.caseId}`);
  await page.getByRole('heading', { level: 1, name: /赵案件/ }).waitFor();
  await page.getByText('最后缴费日').waitFor();
  await page.getByText('立案催费').waitFor();
  await page.getByText('此刻能否停电').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'case');
  await page.getByRole('tab', { name: '判定与依据' }).click();
  await page.getByText('可否送达红单').first().waitFor();
  await page.getByRole('tab', { name: '消息与送达证明' }).click();
  await page.locator('[role=tabpanel]:visible').getByText('短信', { exact: false }).first().waitFor();
  await page.getByRole('tab', { name: '文书' }).click();
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: '打开文书' }).first().click();
  expect((await opened).url()).toMatch(/^blob:/);
  await keepScreen(page, 'case-documents');
  await page.getByRole('tab', { name: '审计' }).click();
  await page.getByText('链条完整').waitFor();
  await expectAccessible(page);
});

test('what may not be done is disabled, and the keyboard alone reaches the reasons', async () => {
  const { town, open } = up();
  const story = await begin(town, 'web-reasons', { customerName: '钱理由' });
  const page = await open('reader-zhang', `/console/cases/${story.caseId}`);
  const withdraw = page.getByRole('button', { name: '撤销案件' });
  await withdraw.waitFor();
  expect(await withdraw.isDisabled()).toBe(true);
  const wrapper = page.locator('.with-reasons').filter({ has: withdraw });
  await wrapper.focus();
  await page.getByRole('tooltip').getByText('T3.4').waitFor();
});

test("live: work and a case's stage change on the screen without reload, and undo takes a hold back", async () => {
  const { town, open } = up();
  const list = await open('leader-zhao', '/console/cases');
  const story = await begin(town, 'web-live', { customerName: '孙实时' });
  await list.getByRole('link', { name: story.account.accountNo }).waitFor();
  await expectAccessible(list);
  await keepScreen(list, 'cases');
  const page = await open('clerk-chen', `/console/cases/${story.caseId}`);
  await page.getByRole('button', { name: '登记暂缓' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('到期日').fill('2027-12-01');
  await dialog.getByLabel('理由').fill('用户申请分两期');
  await dialog.getByRole('button', { name: '登记暂缓' }).click();
  await page.getByRole('button', { name: '撤回' }).click();
  await page.getByText('已撤回').waitFor();
  const holds = await must(
    person(town, 'leader-zhao').get<{ items: { endedAt: string | null }[] }>(
      `/accounts/${story.account.accountNo}/holds`,
    ),
  );
  expect(holds.items.map(({ endedAt }) => endedAt !== null)).toEqual([true]);
  await town.sim.pay({ accountNo: story.account.accountNo });
  await list.getByRole('link', { name: story.account.accountNo }).waitFor({ state: 'detached' });
  await page.getByText('已缴清').first().waitFor();
});

test("the reader's day: what is due first stands first, and a served notice leaves the list by itself", async () => {
  const { town, open } = up();
  const story = await begin(town, 'web-today', { customerName: '吴今日' });
  await walkTo(story, 'yellow-service');
  const page = await open('reader-zhang', '/console/today');
  const task = page.getByRole('row').filter({ hasText: story.account.accountNo });
  await task.getByText('送达黄单').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'today');
  const desk = await open('clerk-chen', `/console/cases/${story.caseId}`);
  await desk.getByRole('button', { name: '登记送达' }).click();
  const dialog = desk.getByRole('dialog');
  // What was handed over at the door counts from then, not from when it is typed in.
  const servedAt = await dialog.getByLabel('实际送达时间').inputValue();
  expect(servedAt).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
  await dialog.getByLabel('现场核对的电能表号').fill(story.account.meterNo);
  await dialog.getByLabel('照片或签名扫描件').setInputFiles({
    name: 'signature.png',
    mimeType: 'image/png',
    buffer: Buffer.from('signature'),
  });
  await dialog.getByRole('button', { name: '登记送达' }).click();
  await task.waitFor({ state: 'detached' });
  expect(await page.getByRole('row').filter({ hasText: story.account.accountNo }).count()).toBe(0);
  const { notices } = await must(
    person(town, 'clerk-chen').get<{ notices: { kind: string; servedAt: string | null }[] }>(
      `/cases/${story.caseId}`,
    ),
  );
  const yellow = notices.find(({ kind }) => kind === 'yellow');
  expect(Date.parse(yellow?.servedAt ?? '')).toBe(Date.parse(`${servedAt}:00+08:00`));
});

test('upkeep: contact, agreed address and the answer about protection; a refusal says what to do', async () => {
  const { town, open } = up();
  const account = await newAccount(town, { customerName: '郑档案' });
  const page = await open('clerk-chen', `/console/accounts/${account.accountNo}`);
  await page.getByRole('heading', { level: 1, name: /郑档案/ }).waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'account');
  await page.getByRole('button', { name: '变更联系方式' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('联系电话').fill('12');
  await dialog.getByRole('button', { name: '变更联系方式' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('联系电话').fill('13912345678');
  await dialog.getByRole('button', { name: '变更联系方式' }).click();
  await page.getByText('13912345678').waitFor();
  await page.getByRole('button', { name: '登记约定' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '登记约定' }).click();
  await page.getByText('短信 · ', { exact: false }).first().waitFor();
  const seen = await soon(
    () =>
      must(
        person(town, 'clerk-chen').get<{ agreedAddresses: unknown[]; phone: string }>(
          `/accounts/${account.accountNo}`,
        ),
      ),
    ({ agreedAddresses }) => agreedAddresses.length === 1,
  );
  expect(seen.agreedAddresses).toHaveLength(1);
});

test('a window shut without sending opens again with what is true now, and without the proofs chosen before', async () => {
  const { town, open } = up();
  const story = await begin(town, 'web-reopen', { customerName: '冯重开' });
  await walkTo(story, 'yellow-service');
  const page = await open('clerk-chen', `/console/accounts/${story.account.accountNo}`);
  const dialog = page.getByRole('dialog');
  const shut = async (): Promise<void> => {
    await dialog.getByRole('button', { name: '取消' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await page.getByRole('button', { name: '变更联系方式' }).click();
  await dialog.getByLabel('联系电话').fill('13900000001');
  await shut();
  await must(
    person(town, 'clerk-chen').post(`/accounts/${story.account.accountNo}/contact`, {
      phone: '13912345679',
      email: null,
    }),
  );
  await page.getByText('13912345679').waitFor();
  await page.getByRole('button', { name: '变更联系方式' }).click();
  expect(await dialog.getByLabel('联系电话').inputValue()).toBe('13912345679');
  await page.goto(`${town.apiUrl}/console/cases/${story.caseId}`);
  await page.getByRole('button', { name: '登记送达' }).click();
  const servedAt = await dialog.getByLabel('实际送达时间').inputValue();
  await dialog.getByLabel('实际送达时间').fill('2020-01-01T00:00');
  await dialog.getByLabel('现场核对的电能表号').fill(story.account.meterNo);
  await dialog.getByLabel('照片或签名扫描件').setInputFiles({
    name: 'other.png',
    mimeType: 'image/png',
    buffer: Buffer.from('another notice'),
  });
  await shut();
  await page.getByRole('button', { name: '登记送达' }).click();
  expect((await dialog.getByLabel('实际送达时间').inputValue()) >= servedAt).toBe(true);
  expect(await dialog.getByLabel('现场核对的电能表号').inputValue()).toBe('');
  await dialog.getByLabel('现场核对的电能表号').fill(story.account.meterNo);
  await dialog.getByRole('button', { name: '登记送达' }).click();
  // The scan chosen before belonged to what was given up; without one a signature proves nothing.
  await page.getByRole('dialog').filter({ hasText: 'T2.2' }).waitFor();
});
