import { expect, test } from 'vitest';
import { must, person } from '../support/town/person.ts';
import { begin, walkTo, type Story } from '../support/town/story.ts';
import { rowsOf } from '../support/town/town.ts';
import { choose, expectAccessible, keepScreen, useBrowser } from './support/browser.ts';

const up = useBrowser();

async function waiting(name: string, customerName: string): Promise<Story & { approvalPath: string }> {
  const story = await begin(up().town, name, { customerName });
  await walkTo(story, 'approval');
  const [row] = await rowsOf<{ id: string }>(
    story.town,
    `select approval_id as id from approvals where case_id = $1`,
    [story.caseId],
  );
  return { ...story, approvalPath: `/console/approvals/${encodeURIComponent(row?.id ?? '')}` };
}

test('F21: the queue leads to one page with all that a decision needs; approving says what happens and asks why', async () => {
  const story = await waiting('web-approve', '周审批');
  const page = await up().open('head-qian', '/console/approvals');
  await page.getByRole('link', { name: '周审批' }).waitFor();
  await page.getByText('轮到您').first().waitFor();
  await page.getByText(/还剩/).first().waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'approvals');
  await page.getByRole('link', { name: '周审批' }).click();
  await page.getByRole('heading', { level: 1, name: '周审批 · 停电审批单' }).waitFor();
  for (const part of ['欠费账单', '通知与送达证明', '特殊保护询问', '四眼原则', '批准之后', '系统核对'])
    await page.getByText(part, { exact: true }).first().waitFor();
  await page.getByText('本人签收').first().waitFor();
  await page.getByText('¥234.56').first().waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'approval', { fullPage: true });
  await page.getByRole('button', { name: '批准停电' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('签署后不能撤回').waitFor();
  await dialog.getByRole('button', { name: '批准停电' }).click();
  await dialog.getByText('请写明理由').waitFor();
  await dialog.getByLabel('理由（必填，存档）').fill('欠费属实，两次催费有据');
  await dialog.getByRole('button', { name: '批准停电' }).click();
  await page.getByText('已批准').first().waitFor();
  await page.getByText('欠费属实，两次催费有据').waitFor();
  await page.getByText('该审批已通过').waitFor();
  expect(new URL(page.url()).pathname).toBe(new URL(story.approvalPath, page.url()).pathname);
});

test('F22: of two who race, one signs; the other learns it on the open page, and a late signature is refused with the reason', async () => {
  const { town, open } = up();
  await town.sim.addPeople([
    { personId: 'head-two', name: '李副站', roles: ['station-head'], centres: ['centre-1'] },
  ]);
  const story = await waiting('web-race', '吴竞签');
  const [first, second] = await Promise.all([
    open('head-qian', story.approvalPath),
    open('head-two', story.approvalPath),
  ]);
  for (const page of [first, second]) {
    await page.getByRole('button', { name: '批准停电' }).click();
    await page.getByRole('dialog').getByLabel('理由（必填，存档）').fill('同意');
  }
  await Promise.all([
    first.getByRole('dialog').getByRole('button', { name: '批准停电' }).click(),
    second.getByRole('dialog').getByRole('button', { name: '批准停电' }).click(),
  ]);
  await Promise.all([first, second].map((page) => page.getByText('该审批已通过').first().waitFor()));
  const signatures = await rowsOf(
    town,
    `select 1 from approval_decisions d join approvals a using (approval_id) where a.case_id = $1`,
    [story.caseId],
  );
  expect(signatures).toHaveLength(1);
});

test('F23: somebody delegated signs for the absent; who may not sign sees why', async () => {
  const { town, open } = up();
  await town.sim.addPeople([
    { personId: 'stand-in', name: '冯代签', roles: ['marketing-manager'], centres: ['centre-1'] },
  ]);
  const standIn = await open('stand-in', '/console/approvals');
  await standIn.getByRole('heading', { level: 1, name: '停电审批' }).waitFor();
  const story = await waiting('web-delegate', '郑委托');
  await standIn.goto(`${town.apiUrl}${story.approvalPath}`);
  await standIn.getByText('您现在不能签署').waitFor();
  const head = await open('head-qian', '/console/delegations');
  await choose(head, '委托给', '冯代签');
  // A case of a test runs ahead of the calendar: the delegation has to reach its day.
  await head.getByLabel('至', { exact: true }).fill('2028-01-01T00:00');
  await expectAccessible(head);
  await keepScreen(head, 'delegations');
  await head.getByRole('button', { name: '委托', exact: true }).click();
  await head.getByRole('cell', { name: '冯代签' }).waitFor();
  await standIn.reload();
  await standIn.getByRole('button', { name: '驳回' }).click();
  const dialog = standIn.getByRole('dialog');
  await dialog.getByLabel('理由（必填，存档）').fill('用户住院，暂不停电');
  await dialog.getByRole('button', { name: '驳回' }).click();
  await standIn.getByText('代 钱站长').waitFor();
  const signed = await rowsOf<{ approver: string; decision: string }>(
    town,
    `select approver_id as approver, decision from approval_decisions d join approvals a using (approval_id) where a.case_id = $1`,
    [story.caseId],
  );
  expect(signed).toEqual([{ approver: 'stand-in', decision: 'refuse' }]);
});

test('L7: several are signed at once only where each was opened', async () => {
  const { town, open } = up();
  const stories = [await waiting('web-batch-1', '陈批一'), await waiting('web-batch-2', '陈批二')];
  const page = await open('head-qian', '/console/approvals');
  const box = (name: string) => page.getByRole('row').filter({ hasText: name }).getByRole('checkbox');
  await page.getByRole('link', { name: '陈批一' }).waitFor();
  expect(await box('陈批一').isDisabled()).toBe(true);
  const early = await person(town, 'head-qian').post<{
    items: { status: string | null; reasons: { code: string }[] }[];
  }>('/approval-decisions', {
    approvalIds: [decodeURIComponent(stories[0]?.approvalPath.split('/').at(-1) ?? '')],
    decision: 'approve',
    reason: '同意',
  });
  expect(early.body.items[0]).toMatchObject({ status: null, reasons: [{ code: 'not-opened' }] });
  for (const name of ['陈批一', '陈批二']) {
    await page.getByRole('link', { name }).click();
    await page.getByRole('heading', { level: 1, name: `${name} · 停电审批单` }).waitFor();
    await page.goBack();
  }
  for (const name of ['陈批一', '陈批二']) await box(name).check();
  await page.getByRole('button', { name: '批量批准 2 件' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('理由（必填，存档）').fill('逐件看过，符合规定');
  await dialog.getByRole('button', { name: '批量批准 2 件' }).click();
  await page.getByRole('link', { name: '陈批一' }).waitFor({ state: 'detached' });
  for (const story of stories) {
    const seen = await must(
      person(town, 'leader-zhao').get<{ approvals: { status: string }[] }>(`/cases/${story.caseId}`),
    );
    expect(seen.approvals.map(({ status }) => status)).toEqual(['approved']);
  }
});
