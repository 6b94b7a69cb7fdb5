import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { wholeCompany } from '../../db/database.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { queuedDowngrade, standing } from '../credit/support/matter.ts';
import { newAccount, type TownAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { soon } from '../support/town/story.ts';
import { COMPANY, rowsOf } from '../support/town/town.ts';
import { expectAccessible, keepScreen, useBrowser } from './support/browser.ts';

const up = useBrowser();
const thisMonth = civilDateAt(Date.now()).slice(0, 7);
let owing: TownAccount;

/** Keeps a run from judging this account until it is let go. */
function holdBack(accountId: string): { letGo: () => Promise<void> } {
  const gate = Promise.withResolvers<void>();
  const held = up().town.db.tx(wholeCompany(COMPANY), async (tx) => {
    await tx.rows('select 1 from credit_standings where account_id = $1 for update', [accountId]);
    await gate.promise;
  });
  return {
    letGo: async () => {
      gate.resolve();
      await held;
    },
  };
}

test('G2.1: a dry run shows who would move and why; the run itself is paused, resumed, and leaves harm to a person', async () => {
  const { town, open } = up();
  owing = await newAccount(town, { dueDaysAgo: 45, agreedChannel: 'sms', customerName: '赵欠费' });
  await standing(town, owing, 'B');
  const page = await open('credit-he', '/console/credit/runs');
  await page.getByText('还没有评定批次').waitFor();
  await page.getByRole('button', { name: '试算' }).click();
  await page.getByRole('dialog').getByLabel('月份').fill(thisMonth);
  await page.getByRole('dialog').getByRole('button', { name: '试算' }).click();
  await page.getByText('已完成').waitFor();
  const row = page.getByRole('row').filter({ hasText: owing.accountNo });
  await row.getByText('C 级').waitFor();
  await row.getByText('最早一张未缴电费账单已逾期 45 天').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'credit-dry-run');

  await page.getByRole('link', { name: '等级评定' }).click();
  const held = holdBack(owing.accountId);
  await page.getByRole('button', { name: '正式评定' }).click();
  await page.getByRole('dialog').getByLabel('月份').fill(thisMonth);
  await page.getByRole('dialog').getByRole('button', { name: '正式评定' }).click();
  await page.getByText('进行中').waitFor();
  await page.getByRole('button', { name: '暂停' }).click();
  await held.letGo();
  await page.getByText('已暂停').waitFor();
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByText('已完成').waitFor();
  await page.goBack();
  await page.getByText('已评 1 / 1 户').first().waitFor();
  // The dry run and the run; nobody was moved down by either.
  const standingNow = await rowsOf<{ grade: string }>(
    town,
    'select grade from credit_standings where account_id = $1',
    [owing.accountId],
  );
  expect(standingNow).toEqual([{ grade: 'B' }]);
  await expectAccessible(page);
  await keepScreen(page, 'credit-runs');
});

test('L7: a downgrade is decided with a reason by somebody who may, an objection by another; whoever may not sees why', async () => {
  const { town, open } = up();
  const page = await open('head-qian', '/console/credit/matters');
  const row = page.getByRole('row').filter({ hasText: '赵欠费' });
  await row.getByText('最早一张未缴电费账单已逾期 45 天').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'credit-downgrades');
  await row.getByRole('button', { name: '决定' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '决定' }).click();
  await dialog.getByText('请写明理由').waitFor();
  await dialog.getByLabel('同意降级').check();
  await dialog.getByLabel('理由（必填，存档）').fill('欠费属实');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '决定' }).click();
  await row.waitFor({ state: 'detached' });
  await page.getByText('申辩期', { exact: true }).click();
  await row.getByText('申辩期至').waitFor();

  const officer = await open('credit-he', `/console/credit/files/${owing.accountNo}`);
  await officer.getByRole('heading', { level: 1, name: /赵欠费/ }).waitFor();
  await officer
    .getByText(/截至 .*信用等级为 C/)
    .first()
    .waitFor();
  await officer.getByRole('button', { name: '登记异议' }).click();
  await officer.getByRole('dialog').getByLabel('用户陈述').fill('已申请分期');
  await officer.getByRole('dialog').getByRole('button', { name: '登记异议' }).click();
  await officer.getByText('异议处理中：不利影响全部中止。').waitFor();
  await officer.getByRole('tab', { name: '函件' }).click();
  await officer.getByRole('button', { name: '等级调整告知书' }).waitFor();
  await officer.getByRole('tab', { name: '历月等级' }).click();
  await expectAccessible(officer);
  await keepScreen(officer, 'credit-file');

  await page.getByRole('tab', { name: '异议' }).click();
  const mine = page.getByRole('row').filter({ hasText: '已申请分期' });
  expect(await mine.getByRole('button', { name: '答复' }).isDisabled()).toBe(true);
  await mine.locator('.with-reasons').first().focus();
  await page.getByText('须由另一人办理').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'credit-objections');
  await must(
    person(town, 'credit-he').post(`/accounts/${owing.accountNo}/credit/records`, {
      ...{ kind: 'inspection', occurredOn: '2026-03-02', outcome: 'failed', description: '计量箱未锁' },
      ...{ source: 'own', sourceName: '检查班', sourceRef: '7' },
    }),
  );
  const other = await open('manager-sun', '/console/credit/matters?of=objections');
  await other
    .getByRole('row')
    .filter({ hasText: '已申请分期' })
    .getByRole('button', { name: '答复' })
    .click();
  const answer = other.getByRole('dialog');
  await answer.getByLabel('成立', { exact: true }).check();
  await answer.getByLabel('理由（必填，存档）').fill('检查记录有误');
  await answer.getByRole('button', { name: '答复' }).click();
  // L5: upheld names what was wrong.
  await answer.getByText('认定异议成立须指明错在何处', { exact: false }).waitFor();
  await answer.getByLabel('用电检查', { exact: false }).check();
  await expectAccessible(other);
  await answer.getByRole('button', { name: '答复' }).click();
  await other.getByText('没有待答复的异议。').waitFor();
  const { items } = await must(
    person(town, 'credit-he').get<{ items: { status: string }[] }>(
      `/credit/downgrades?accountNo=${owing.accountNo}&limit=50`,
    ),
  );
  expect(items.map(({ status }) => status)).toContain('withdrawn');
});

test('G3.5: whoever was drawn is somebody’s work until certificate and reward were handed over', async () => {
  const { town, open } = up();
  const winner = await newAccount(town, { customerName: '郑守信' });
  await standing(town, winner, 'A');
  await must(
    person(town, 'credit-he').post('/credit/draws', { year: 2026, seedSource: '双色球 2027004 期' }),
  );
  await must(
    person(town, 'company-head-zhu').post('/credit/draws/2026/result', { seed: '03 11 17 22 29 31' }),
  );
  const page = await open('manager-sun', '/console/today');
  const row = page.getByRole('row').filter({ hasText: winner.accountNo });
  const paperOf = async (button: Locator): Promise<string | undefined> => {
    const [answer, opened] = await Promise.all([
      page.waitForResponse(new RegExp(`${winner.accountNo}/credit/certificates/2026/document.pdf`)),
      page.context().waitForEvent('page'),
      button.click(),
    ]);
    expect(opened.url()).toMatch(/^blob:/);
    await opened.close();
    return answer.headers()['content-type'];
  };
  await row.waitFor();
  await expectAccessible(page);
  expect(await paperOf(row.getByRole('button', { name: '打印证书' }))).toBe('application/pdf');
  await row.getByRole('link', { name: '打开信用档案' }).click();
  await page.getByRole('tab', { name: '函件' }).click();
  const inFile = page.getByRole('button', { name: '荣誉证书（2026 年抽奖）' });
  await inFile.waitFor();
  await expectAccessible(page);
  expect(await paperOf(inFile)).toBe('application/pdf');
  await page.goBack();
  await row.getByRole('button', { name: '办结' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('处理结果').fill('证书和奖励已当面颁发');
  await dialog.getByRole('button', { name: '办结' }).click();
  await row.waitFor({ state: 'detached' });
});

test('L8: a letter on paper is somebody’s work; it counts as served with its proof, and not without', async () => {
  const { town, open } = up();
  const told = await newAccount(town, { customerName: '钱待告' });
  const downgradeId = await queuedDowngrade(town, told, 'C');
  await must(
    person(town, 'head-qian').post(`/credit/downgrades/${encodeURIComponent(downgradeId)}/decisions`, {
      ...{ decision: 'approve', reason: '欠费属实' },
    }),
  );
  const letter = () =>
    rowsOf<{ status: string; served_by: string | null; proofs: number }>(
      town,
      `select status, served_by, coalesce(cardinality(proof_sha256), 0) as proofs from credit_letters where account_id = $1`,
      [told.accountId],
    );
  await soon(letter, ([one]) => one?.status === 'prepared');
  const officer = await open('credit-he', `/console/credit/files/${told.accountNo}`);
  await officer.getByRole('tab', { name: '函件' }).click();
  await officer.getByRole('button', { name: '登记送达' }).waitFor();
  await expectAccessible(officer);
  const page = await open('reader-zhang', '/console/today');
  const row = page.getByRole('row').filter({ hasText: '钱待告' });
  await row.getByRole('button', { name: '打印函件' }).waitFor();
  await row.getByRole('button', { name: '登记送达' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '登记送达' }).click();
  await dialog.getByText('请附上送达凭证').waitFor();
  expect(await letter()).toEqual([{ status: 'prepared', served_by: null, proofs: 0 }]);
  await dialog.getByLabel('拒签并有见证').check();
  await dialog.getByLabel('签收、照片或邮寄回执').setInputFiles({
    ...{ name: 'slip.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('slip') },
  });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '登记送达' }).click();
  await row.waitFor({ state: 'detached' });
  expect(await letter()).toEqual([{ status: 'served', served_by: 'refusal', proofs: 1 }]);
  await officer.reload();
  await officer.getByRole('tab', { name: '函件' }).click();
  await officer.getByText('已送达').waitFor();
  expect(await officer.getByRole('button', { name: '登记送达' }).count()).toBe(0);
});

test('K7, H4: repairs and reports have their queues; an empty one says so', async () => {
  const page = await up().open('credit-he', '/console/credit/files');
  await page.getByLabel('户号、户名、地址或电话').fill('赵欠费');
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByRole('link', { name: owing.accountNo }).waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'credit-finder');
  await page.getByRole('link', { name: owing.accountNo }).click();
  await page.getByRole('button', { name: '登记修复申请' }).click();
  await page.getByRole('dialog').getByLabel('用户陈述').fill('欠费已缴清，请予修复');
  await page.getByRole('dialog').getByRole('button', { name: '登记修复申请' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.goto(`${up().town.apiUrl}/console/credit/matters?of=repairs`);
  const row = page.getByRole('row').filter({ hasText: '欠费已缴清，请予修复' });
  await row.getByText('待核实').waitFor();
  expect(await row.getByRole('button', { name: '决定修复' }).isDisabled()).toBe(true);
  await page.getByRole('tab', { name: '报送' }).click();
  await page.getByText('没有这一状态的报送。').waitFor();
  await expectAccessible(page);
});
