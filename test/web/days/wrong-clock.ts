import { newAccount } from '../../support/town/account.ts';
import { COMPANY, rowsOf } from '../../support/town/town.ts';
import { signIn, type BrowserTown } from '../support/browser.ts';

const DAY_MS = 86_400_000;

/** A computer whose clock is off. */
const shiftClock = (byMs: number): string => `(() => {
  const Real = Date;
  const by = ${byMs};
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length === 0 ? [Real.now() + by] : given)); }
    static now() { return Real.now() + by; }
  };
})()`;

/** What today's list says to somebody whose computer is `days` ahead, or behind. */
async function leftOn({ blank, town }: BrowserTown, no: string, days: number): Promise<string[]> {
  const page = await blank();
  await page.addInitScript(shiftClock(days * DAY_MS));
  await page.goto(`${town.apiUrl}/console/today`);
  await signIn(page, 'reader-zhang');
  const row = page.getByRole('row').filter({ hasText: no });
  await row.first().waitFor();
  const lines: string[] = [];
  for (const one of await row.all()) {
    const left = (await one.locator('.left').innerText()).replace(/ \d+ (小时|分).*/, '');
    lines.push((await one.getByText('今天不送达').count()) > 0 ? `${left}，今天不送达作废` : left);
  }
  return lines;
}

/** Two notices, one to be served before this day ends, as computers with clocks of their own show them. */
export async function byWrongClocks(up: BrowserTown): Promise<string[][]> {
  const { accountId, accountNo } = await newAccount(up.town, { customerName: '侯走时' });
  for (const [n, due] of [
    [
      1,
      `(date_trunc('day', now() at time zone 'Asia/Shanghai') + interval '1 day - 1 minute') at time zone 'Asia/Shanghai'`,
    ],
    [2, `now() + interval '3 days 2 hours'`],
  ] as const)
    await rowsOf(
      up.town,
      `insert into tasks (task_id, company_id, centre_id, account_id, kind, role, ref, not_before, due_at, occurred_at)
       values ('web-clock-${n}', $1, 'centre-1', $2, 'serve-red', 'reader', 'notice/${n}', now() - interval '1 day', ${due}, now())`,
      [COMPANY, accountId],
    );
  const shown: string[][] = [];
  for (const days of [0, 5, -5]) shown.push(await leftOn(up, accountNo, days));
  return shown;
}
