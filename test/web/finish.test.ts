import { expect, test } from 'vitest';
import { newAccount } from '../support/town/account.ts';
import { desk } from '../support/town/facts.ts';
import { must, person } from '../support/town/person.ts';
import { begin, seen, walkToStop } from '../support/town/story.ts';
import { COMPANY, rowsOf } from '../support/town/town.ts';
import { expectAccessible, keepScreen, useBrowser } from './support/browser.ts';

const up = useBrowser();

const tasksOf = async (personId: string) =>
  (
    await must(
      person(up().town, personId).get<{ items: { taskId: string; kind: string; act: string | null }[] }>(
        '/tasks?limit=200',
      ),
    )
  ).items;

test('T3.3: who looked after a customer still in the dark ends the task in the list of today', async () => {
  const { town, open } = up();
  const account = await newAccount(town, { customerName: '柳未亮' });
  await rowsOf(
    town,
    `insert into tasks (task_id, company_id, centre_id, account_id, kind, role, ref, not_before, due_at, occurred_at)
     values ('web-dark', $1, 'centre-1', $2, 'still-dark', 'team-leader', 'stop/1', now(), now(), now())`,
    [COMPANY, account.accountId],
  );
  const page = await open('leader-zhao', '/console/today');
  const row = page.getByRole('row').filter({ hasText: account.accountNo });
  await row.getByRole('button', { name: '办结' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '办结' }).click();
  await dialog.getByText('请填写').waitFor();
  await dialog.getByLabel('处理结果').fill('现场已送电，用户内线跳闸');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '办结' }).click();
  await row.waitFor({ state: 'detached' });
  expect((await tasksOf('leader-zhao')).map(({ taskId }) => taskId)).not.toContain('web-dark');
});

test('L5: a dispute is decided on the case by another leader; whoever took it down is told why not', async () => {
  const { town, open } = up();
  const story = await begin(town, 'web-decide', { customerName: '蒋异议' });
  await desk(town, 'leader-zhao').setHold(story.account.accountNo, {
    ...{ kind: 'dispute', about: 'billing', reason: '表计读数有误' },
  });
  const own = await open('leader-zhao', `/console/cases/${story.caseId}`);
  const refused = own.getByRole('button', { name: '结束暂缓' });
  await refused.waitFor();
  expect(await refused.isDisabled()).toBe(true);
  const other = await open('head-qian', `/console/cases/${story.caseId}`);
  await other.getByRole('button', { name: '结束暂缓' }).click();
  const dialog = other.getByRole('dialog');
  await dialog.getByRole('radio', { name: '争议不成立' }).check();
  await dialog.getByLabel('理由（存档）').fill('现场核对，读数无误');
  await expectAccessible(other);
  await dialog.getByRole('button', { name: '结束暂缓' }).click();
  await dialog.waitFor({ state: 'detached' });
  await other.getByRole('button', { name: '结束暂缓' }).waitFor({ state: 'detached' });
  expect((await seen(story)).holds).toMatchObject([{ kind: 'dispute', endReason: 'dispute-rejected' }]);
});

test('the auditor opens what proves a stop, and takes the sealed file away', async () => {
  const { town, open } = up();
  const story = await begin(town, 'web-evidence', { customerName: '沈证据' });
  await walkToStop(story);
  const page = await open('auditor-lv', `/console/cases/${story.caseId}`);
  await page.getByRole('tab', { name: '文书' }).click();
  const opened = page.context().waitForEvent('page');
  await page.getByRole('button', { name: '证据摘要' }).click();
  expect((await opened).url()).toMatch(/^blob:/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载证据文件' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`evidence-${story.account.accountNo}.json`);
  await expectAccessible(page);
});

test('T2.2, L2.gov: a leader says that a report was seen; the liaison records the receipt of a paper', async () => {
  const { town, open } = up();
  const account = await newAccount(town, { customerName: '韩上报' });
  await rowsOf(
    town,
    `insert into escalations (company_id, centre_id, account_id, subject, subject_id, rung, to_role, text, occurred_at)
     values ($1, 'centre-1', $2, 'dispute', 'hold/web', 0, 'team-leader', 'dispute not decided in time', now())`,
    [COMPANY, account.accountId],
  );
  const leader = await open('leader-zhao', '/console/reports');
  const row = leader.getByRole('row').filter({ hasText: account.accountNo });
  await row.getByText('争议逾期未决').waitFor();
  await expectAccessible(leader);
  await keepScreen(leader, 'reports');
  await row.getByRole('button', { name: '确认已阅' }).click();
  await row.waitFor({ state: 'detached' });
  expect((await desk(town, 'leader-zhao').reports('acknowledged')).map(({ subjectId }) => subjectId)).toEqual(
    ['hold/web'],
  );
  await rowsOf(
    town,
    `insert into papers (paper_key, company_id, centre_id, account_id, kind, text_enc)
     values ('paper/web/1', $1, 'centre-1', $2, 'large-arrears', '\\x00')`,
    [COMPANY, account.accountId],
  );
  const liaison = await open('liaison-you', '/console/reports');
  await liaison.getByRole('tab', { name: '报送文书' }).click();
  const paper = liaison.getByRole('row').filter({ hasText: account.accountNo });
  await paper.getByRole('button', { name: '登记签收' }).waitFor();
  await keepScreen(liaison, 'reports-papers');
  await paper.getByRole('button', { name: '登记签收' }).click();
  const dialog = liaison.getByRole('dialog');
  await dialog.getByLabel('签收时间').fill('2026-11-20T09:30');
  await dialog.getByLabel('签收单位和签收人').fill('区发改局 王某');
  await expectAccessible(liaison);
  await dialog.getByRole('button', { name: '登记签收' }).click();
  await paper.waitFor({ state: 'detached' });
  const { items } = await must(
    person(town, 'liaison-you').get<{ items: { receiptBy: string }[] }>('/papers?state=received'),
  );
  expect(items.map(({ receiptBy }) => receiptBy)).toEqual(['区发改局 王某']);
});
