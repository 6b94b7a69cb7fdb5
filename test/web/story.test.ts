import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { must, person } from '../support/town/person.ts';
import { pay, walkTo, type Story } from '../support/town/story.ts';
import { COMPANY, rowsOf, type Town } from '../support/town/town.ts';
import { quiet } from '../support/town/walk.ts';
import { PHONE, useBrowser } from './support/browser.ts';
import { sign, takePhoto, walkToServe } from './support/phone.ts';

const up = useBrowser();

const NAME = '江复电';
const ACCOUNT_NO = '320877000001';
const METER_NO = `M${ACCOUNT_NO}`;
const PHONE_NO = '+8613877000001';
const PRINCIPAL_FEN = 31_246;

/** A household that owes, known to billing alone. */
async function owe(town: Town): Promise<void> {
  const due = addDays(civilDateAt(Date.now()), -40);
  const bill = {
    billId: `B${ACCOUNT_NO}`,
    period: addDays(due, -20).slice(0, 7),
    principalFen: PRINCIPAL_FEN,
  };
  await town.sim.seed([
    {
      ...{ accountNo: ACCOUNT_NO, customerName: NAME, phone: PHONE_NO, meterNo: METER_NO },
      address: '淮阴区珠江路16号',
      bills: [{ ...bill, issuedDate: addDays(due, -15), dueDate: due }],
    },
  ]);
  await town.sim.phone({ phone: PHONE_NO });
}

/** The reader at the door: the customer signs with a finger. */
async function serve(page: Page, story: Story): Promise<void> {
  await page.getByRole('link').filter({ hasText: ACCOUNT_NO }).click();
  await page.getByLabel('用户签名').check();
  await page.getByLabel('电能表号（看着表输入）').fill(METER_NO);
  await sign(page);
  await page.getByRole('button', { name: '登记：用户签名' }).click();
  await page.getByText('已上传系统').waitFor();
  await page.getByRole('link', { name: '今日送达' }).click();
  await quiet(story.town);
}

/** The crew's clock stands at the notified time. */
const walkToTheMeter = (story: Story) =>
  walkTo(story, async ({ caseId, stage, at }) => {
    const [ticket] = await rowsOf<{ planned: string }>(
      story.town,
      `select planned_from as planned from tickets where case_id = $1 and kind = 'stop'`,
      [caseId],
    );
    return stage === 'permit' && ticket !== undefined && Date.parse(ticket.planned) <= at.nowMs;
  });

test('five people in five windows, from a file of arrears to the light, and nobody reloads', async () => {
  const { town, open } = up();
  // Crews are told on our own page.
  await town.sim.crew.device('device-offline');
  await owe(town);
  const [reader, leader, head, crew, clerk] = await Promise.all([
    open('reader-zhang', '/console/imports'),
    open('leader-zhao', '/console/launch'),
    open('head-qian', '/console/approvals'),
    open('crew-wu', '/m/crew', PHONE),
    open('clerk-xu', '/console/service'),
  ]);
  const reloads: string[] = [];
  const watch = (page: Page, who: string): void =>
    void page.on('domcontentloaded', () => reloads.push(`${who}: ${page.url()}`));

  // The reader takes billing's file in; the leader's dry run shows the account, and the clerk finds who calls.
  const file = Buffer.from(await town.sim.arrearsFile(town.settings.BILLING_TOKEN));
  await reader.getByLabel('选择文件').setInputFiles({ name: '欠费.csv', mimeType: 'text/csv', buffer: file });
  await reader.getByRole('button', { name: '导入', exact: true }).click();
  await reader.getByText('所有行均已导入').waitFor();
  for (const [page, who] of [
    [leader, 'leader'],
    [head, 'head'],
    [crew, 'crew'],
    [clerk, 'clerk'],
  ] as const)
    watch(page, who);
  await clerk.getByLabel('查找用户').fill(`${NAME} 珠江路`);
  await clerk.getByRole('button', { name: '查找', exact: true }).click();
  await clerk.getByRole('link', { name: ACCOUNT_NO }).click();
  const said = clerk.getByRole('region', { name: '对用户说' });
  await said.getByRole('heading', { name: '您有欠费', exact: false }).waitFor();

  // The team leader launches what the dry run lets in.
  await leader.getByRole('link', { name: ACCOUNT_NO }).waitFor();
  await leader.getByRole('button', { name: '立案 1 户' }).click();
  await leader.getByRole('dialog').getByRole('button', { name: '立案 1 户' }).click();
  await leader.getByText('已立案 1 户').waitFor();
  await leader.getByRole('link', { name: '催收管理' }).click();
  const numbers = leader.getByLabel('关键数字');
  await numbers.getByRole('link', { name: '1', exact: true }).first().waitFor();
  await quiet(town);
  const [opened] = await rowsOf<{ caseId: string; accountId: string }>(
    town,
    `select case_id as "caseId", account_id as "accountId" from cases`,
  );
  const account = {
    ...{ accountNo: ACCOUNT_NO, accountId: opened?.accountId ?? '', meterNo: METER_NO, phone: PHONE_NO },
    ...{ billId: `B${ACCOUNT_NO}`, principalFen: PRINCIPAL_FEN },
  };
  expect(account.accountId).toBe(town.vault.idOf('acc', COMPANY, ACCOUNT_NO));
  const story: Story = { name: 'web-story', town, account, caseId: opened?.caseId ?? '' };

  // At the door: first dunning and yellow notice.
  await reader.goto(`${town.apiUrl}/m/round`);
  await walkToServe(story, 'first');
  await serve(reader, story);
  await walkToServe(story, 'yellow');
  await serve(reader, story);
  await said.getByRole('heading', { name: '您有欠费，请按期缴纳' }).waitFor();

  // The station head's queue fills by itself; the red notice follows the signature.
  await walkTo(story, 'approval');
  await head.getByRole('link', { name: NAME }).click();
  await head.getByRole('button', { name: '批准停电' }).click();
  const dialog = head.getByRole('dialog');
  await dialog.getByLabel('理由（必填，存档）').fill('两次催费有据，符合规定');
  await dialog.getByRole('button', { name: '批准停电' }).click();
  await head.getByText('该审批已通过').waitFor();
  await walkToServe(story, 'red');
  await serve(reader, story);
  await said.getByRole('heading', { name: '请尽快缴费，否则将中止供电' }).waitFor();

  // The crew finds its ticket, asks for the permit, stops and proves it.
  await walkToTheMeter(story);
  await crew.getByRole('link').filter({ hasText: ACCOUNT_NO }).click();
  await crew.getByLabel('电能表号（看着表输入）').fill(METER_NO);
  await crew.getByRole('button', { name: '申请停电许可' }).click();
  await crew.getByRole('button', { name: '电已断开（记下时间）' }).click();
  await crew.getByLabel('表底数（千瓦时）').fill('1234.5');
  await takePhoto(crew);
  await crew.getByRole('button', { name: '登记停电' }).click();
  await crew.getByText('已登记停电').waitFor();
  await said.getByRole('heading', { name: '已中止供电' }).waitFor();
  await crew.getByRole('link', { name: '今日工作票' }).click();

  // The customer pays: the clerk sees the clock, the crew its ticket, and the light comes back.
  await pay(story);
  await said.getByRole('heading', { name: '正在为您恢复供电' }).waitFor();
  await clerk
    .getByRole('region', { name: '复电时限' })
    .getByText(/还剩 2[34] 小时/)
    .waitFor();
  await crew.getByText('复电（先办）').waitFor();
  await crew.getByRole('link').filter({ hasText: ACCOUNT_NO }).click();
  await crew.getByRole('button', { name: '已送电（记下时间）' }).click();
  await crew.getByLabel('表后验到电压').check();
  await crew.getByLabel('表底数（千瓦时）').fill('1235');
  await takePhoto(crew);
  await crew.getByRole('button', { name: '登记复电' }).click();
  await crew.getByText('已上传系统').waitFor();
  await said.getByRole('heading', { name: '灯亮了' }).waitFor();
  await numbers.getByText('1 / 1 户').waitFor();
  await numbers.getByText('¥312.46').waitFor();
  expect(reloads).toEqual([]);

  const evidence = await must(
    person(town, 'leader-zhao').get<{ notices: { kind: string; status: string }[]; outcome: string }>(
      `/cases/${story.caseId}`,
    ),
  );
  expect(evidence.outcome).toBe('stopped');
  expect(evidence.notices.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    'first-dunning served',
    'yellow served',
    'red served',
  ]);
}, 180_000);
