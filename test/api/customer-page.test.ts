import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { standing } from '../credit/support/matter.ts';
import { newAccount, type TownAccount } from '../support/town/account.ts';
import { readPdf } from '../support/pdf-text.ts';
import { must, person } from '../support/town/person.ts';
import { rowsOf, startTown, type Town } from '../support/town/town.ts';
import { launch, quiet, walk } from '../support/town/walk.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town?.close());

interface Shown {
  status: number;
  text: string;
  url: string;
  headers: Headers;
}

async function open(url: string, form?: Record<string, string>): Promise<Shown> {
  const response = await fetch(url, {
    headers: { accept: 'text/html' },
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
  return {
    status: response.status,
    text: await response.text(),
    url: response.url,
    headers: response.headers,
  };
}

/** The link in the newest SMS of a phone. */
async function linkOf(account: TownAccount): Promise<string> {
  const sms = (await town.sim.books.messages(account.phone)).findLast((one) => one.text.includes('/l/'));
  const link = /http:\S+\/l\/[\w-]+/.exec(sms?.text ?? '')?.[0];
  if (link === undefined) throw new Error('no link was sent');
  return link;
}

/** A customer at a stage of the case, and the link of the newest SMS. */
async function at(stage: string): Promise<{ account: TownAccount; caseId: string; link: string }> {
  const account = await newAccount(town, { agreedChannel: 'sms' });
  await town.sim.phone({ phone: account.phone });
  const caseId = await launch(town, account);
  await walk(town, account, caseId, {
    before: async (turn) => turn.stage === stage && (await town.sim.books.messages(account.phone)).length > 0,
  });
  return { account, caseId, link: await linkOf(account) };
}
const withReminder = () => at('first-dunning');
/** The red notice is served. */
const withRed = () => at('notice-period');

const holdsOf = (account: TownAccount) =>
  rowsOf<{ kind: string; set_by: string; decision_due_at: string | null }>(
    town,
    'select kind, set_by, decision_due_at from holds where account_id = $1 order by recorded_at',
    [account.accountId],
  );

/** Goes the whole way through billing's own payment page, as a browser does. */
async function payAtBilling(link: string, form: Record<string, string>, more = {}): Promise<Shown> {
  const handOver = await open(`${link}/pay`, form);
  const payUrl = /href="(http[^"]+\/pay\/[^"]+)"/.exec(handOver.text)?.[1] ?? '';
  expect(payUrl).not.toMatch(/3208|138/);
  return open(payUrl, { channel: 'wechat', ...more });
}

describe('behind the link of a message', () => {
  test('T1.2: what is owed and why, what happens when, every notice as PDF; opening it proves nothing', async () => {
    const { account, caseId, link } = await withRed();
    const page = await open(link);
    expect(page.status).toBe(200);
    expect(Buffer.byteLength(page.text)).toBeLessThan(50_000);
    expect(page.text).not.toMatch(/<script|https?:\/\/(?!127)/);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    for (const words of ['请尽快缴费，否则将中止供电', '最后缴费日', '欠什么费，为什么', '中止供电', '95598'])
      expect(page.text).toContain(words);
    expect(page.text).toContain(`户号尾号 ${account.accountNo.slice(-4)}`);
    for (const personal of [account.accountNo, account.phone, '长江路', '张三'])
      expect(page.text).not.toContain(personal);
    const [red] = await rowsOf<{ sum_fen: number }>(
      town,
      `select sum_fen from notices where case_id = $1 and kind = 'red'`,
      [caseId],
    );
    expect(page.text).toContain(`¥${((red?.sum_fen ?? 0) / 100).toFixed(2)}`);
    const pdf = await fetch(`${link}/notices/red/1.pdf`);
    expect(readPdf(Buffer.from(await pdf.arrayBuffer())).text).toContain('红色欠费中止供电通知书');
    for (const wrong of ['red/2.pdf', 'red/x.pdf', 'yellow/9.pdf', 'case/1.pdf'])
      expect((await open(`${link}/notices/${wrong}`)).status).toBe(404);
    const english = await open(`${link}?lang=en`);
    expect(english.text).toContain('<html lang="en">');
    expect(english.text).toContain('Please pay, or supply will be stopped');
    const [contact] = await rowsOf<{ n: number }>(
      town,
      'select count(*)::int as n from links where account_id = $1 and opened_at is not null',
      [account.accountId],
    );
    expect(contact).toEqual({ n: 0 });
    const read = await open(`${link}/read`, {});
    expect(read.text).toContain('谢谢，我们已记录您知晓本通知');
    expect(read.text).not.toContain('我已阅读并知晓');
  });

  test('T1.2: asking for a plan pauses the procedure once, gives the centre a day, and is answered by a plan', async () => {
    const { account, link } = await withReminder();
    expect((await open(`${link}/plan`, { wish: '  ' })).text).toContain('请写几个字');
    for (const wish of ['分三个月缴清', '再问一次']) {
      const asked = await open(`${link}/plan`, { wish });
      expect(asked.text).toContain('申请已收到');
      expect(asked.text).toContain('催缴已暂停');
    }
    expect(await holdsOf(account)).toMatchObject([{ kind: 'plan-asked', set_by: 'customer' }]);
    const clerk = person(town, 'clerk-chen');
    const tasks = () =>
      rowsOf<{ kind: string; role: string; outcome: string | null }>(
        town,
        `select kind, role, outcome from tasks where account_id = $1 and kind = 'plan-asked'`,
        [account.accountId],
      );
    expect(await tasks()).toEqual([{ kind: 'plan-asked', role: 'centre', outcome: null }]);
    const until = new Date(Date.now() + 90 * 86_400_000).toISOString();
    await must(clerk.post(`/accounts/${account.accountNo}/holds`, { kind: 'plan', until, reason: '三期' }));
    expect(await tasks()).toMatchObject([{ outcome: 'plan' }]);
    await quiet(town);
    expect((await open(link)).text).toContain('已约定分期缴费');
  });

  test('K8.1, K8.2: the customer reads the own credit file and objects; adverse effects rest, and asked twice it is one', async () => {
    const { account, link } = await withReminder();
    await standing(town, account, 'C');
    expect((await open(link)).text).toContain('我的用电信用');
    const file = await open(`${link}/credit`);
    expect(file.status).toBe(200);
    for (const words of ['C 级', '已逾期 40 天', '您享有的权益', '没有记录', '认为评定有误'])
      expect(file.text).toContain(words);
    for (const personal of [account.accountNo, account.phone, '长江路', '张三'])
      expect(file.text).not.toContain(personal);
    expect((await open(`${link}/credit?lang=en`)).text).toContain('What you are entitled to');
    expect((await open(`${link}/object`, { about: 'grade', reason: ' ' })).text).toContain('请写几个字');
    for (let n = 0; n < 2; n += 1) {
      const page = await open(`${link}/object`, { about: 'grade', reason: '<i>账单已缴</i>' });
      expect(page.text).toContain('异议已收到');
      expect(page.text).toContain('期间对您不利的措施全部中止');
    }
    const filed = await rowsOf<{ scheme: string; channel: string; filed_by: string }>(
      town,
      'select scheme, channel, filed_by from credit_objections where account_id = $1',
      [account.accountId],
    );
    expect(filed).toEqual([{ scheme: 'grade', channel: 'web', filed_by: 'customer' }]);
  });

  test('L5: a dispute starts its clock and stops the procedure; asked twice it is one', async () => {
    const { account, link } = await withReminder();
    for (let n = 0; n < 2; n += 1) {
      const page = await open(`${link}/dispute`, { about: 'stop', reason: '<b>已托人缴费</b>' });
      expect(page.text).toContain('您的异议正在核查，最迟答复时间');
      expect(page.text).not.toContain('<b>已托人缴费');
    }
    const [hold, ...others] = await holdsOf(account);
    expect(others).toEqual([]);
    expect(hold).toMatchObject({ kind: 'dispute', set_by: 'customer' });
    expect(hold?.decision_due_at).not.toBeNull();
  });
});

describe('paying', () => {
  test('T2.8: the sum that clears, at billing and back: the page waits for billing, then the case is over', async () => {
    const { account, caseId, link } = await withRed();
    const back = await payAtBilling(link, { what: 'due' }, { as: 'in-flight' });
    expect(back.text).toContain('已收到付款，等待入账');
    expect(back.text).toContain('请不要重复付款');
    expect(back.text).not.toContain(`action="${new URL(link).pathname}/pay"`);
    const { inFlight } = await town.sim.accountNow(account.accountNo);
    await town.sim.postInFlight(inFlight[0]?.paymentId ?? '');
    await quiet(town);
    const done = await open(link);
    expect(done.text).toContain('没有欠费');
    await walk(town, account, caseId);
    const view = await must(person(town, 'leader-zhao').get<{ outcome: string }>(`/cases/${caseId}`));
    expect(view.outcome).toBe('paid');
  });

  test('who comes back without paying is told to wait, and not that it is paid', async () => {
    const { link } = await withReminder();
    await open(`${link}/pay`, { what: 'due' });
    const back = await open(`${link}/paid`);
    expect(back.text).toContain('还没有收到付款结果');
    expect(back.text).toContain('http-equiv="refresh"');
    expect(back.text).toContain('<h1>您有欠费</h1>');
    const last = await open(`${link}?said=waiting&look=12`);
    expect(last.text).not.toContain('http-equiv="refresh"');
  });

  test('what is no amount is not paid', async () => {
    const { link } = await withReminder();
    for (const amount of ['0', '-5', '99999999.00', '1.234', 'abc', ''])
      expect((await open(`${link}/pay`, { what: 'part', amount })).text).toContain(
        '请填写大于零、不超过欠费的金额',
      );
  });

  test('T3.3, L3: after a stop only its own debt is asked for; paid, the light comes back, and the customer says so', async () => {
    const account = await newAccount(town, { agreedChannel: 'sms' });
    await town.sim.phone({ phone: account.phone });
    const caseId = await launch(town, account);
    await walk(town, account, caseId);
    const link = await linkOf(account);
    const stopped = await open(link);
    expect(stopped.text).toContain('已中止供电');
    expect((await open(`${link}/light`, { sure: 'yes' })).text).toContain('已中止供电');
    const back = await payAtBilling(link, { what: 'due' });
    expect(back.text).toContain('已收到您的付款信息');
    expect(back.text).toContain('正在为您恢复供电');
    await quiet(town);
    await expect.poll(async () => (await open(link)).text).toContain('家里来电了吗');
    expect((await open(`${link}/light`, {})).text).toContain('正在为您恢复供电');
    const lit = await open(`${link}/light`, { sure: 'yes' });
    expect(lit.text).toContain('<h1>灯亮了</h1>');
    expect((await open(`${link}/dark`, {})).text).toContain('已通知值班人员');
    const tasks = await rowsOf<{ kind: string; role: string }>(
      town,
      `select kind, role from tasks where account_id = $1 and kind = 'restore-by-hand' and done_at is null`,
      [account.accountId],
    );
    expect(tasks).toEqual([{ kind: 'restore-by-hand', role: 'team-leader' }]);
  });
});

describe('a link', () => {
  test('that is forged, taken back, over, or of whoever owed before, opens nothing; people get a page in words', async () => {
    const { account, link } = await withReminder();
    const forged = `${link.slice(0, -1)}${link.endsWith('0') ? '1' : '0'}`;
    const closed = await open(forged);
    expect(closed.status).toBe(404);
    expect(closed.text).toContain('链接打不开');
    expect((await fetch(forged)).headers.get('content-type')).toContain('problem+json');
    const change = (sql: string) => rowsOf(town, sql, [account.accountId]);
    await change(`update accounts set debtor_id = debtor_id || '-next' where account_id = $1 returning 1`);
    expect((await open(link)).status).toBe(404);
    await change(
      `update accounts set debtor_id = replace(debtor_id, '-next', '') where account_id = $1 returning 1`,
    );
    expect((await open(link)).status).toBe(200);
    const { revoked } = await must(
      person(town, 'clerk-chen').post<{ revoked: number }>(
        `/accounts/${account.accountNo}/link-revocations`,
        { reason: '手机丢失' },
      ),
    );
    expect(revoked).toBeGreaterThan(0);
    expect((await open(link)).status).toBe(404);
    expect((await open(`${link}/read`, {})).status).toBe(404);
  });

  test('who guesses is stopped after a while', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 40; n += 1) statuses.push((await open(`${town.apiUrl}/l/guess-${n}`)).status);
    expect(statuses.slice(-5)).toEqual([429, 429, 429, 429, 429]);
  });
});
