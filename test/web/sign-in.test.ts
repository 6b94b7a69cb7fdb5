import { expect, test } from 'vitest';
import { expectAccessible, keepScreen, PHONE, signIn, useBrowser } from './support/browser.ts';

const up = useBrowser();

test('somebody signs in by the identity provider, sees only their menu, and comes back to where they were', async () => {
  const { town, blank } = up();
  const page = await blank();
  await page.goto(`${town.apiUrl}/console/today`);
  await page.getByRole('button', { name: '登录' }).waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'welcome');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('张抄表').waitFor();
  await expectAccessible(page);
  await keepScreen(page, 'sign-in');
  await page.locator('button[value="reader-zhang"]').click();
  await page.getByRole('heading', { level: 1, name: '今日工作' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/console/today');
  expect(await page.getByText('城区抄表中心').count()).toBe(1);
  await page.getByText('实时更新').waitFor();
  await expectAccessible(page);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: '今日工作' }).waitFor();
});

test('English is a click away and stays', async () => {
  const { open } = up();
  const page = await open('leader-zhao');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: "Today's work" }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: "Today's work" }).waitFor();
  expect(await page.evaluate('document.documentElement.lang')).toBe('en');
});

test('signing out ends the session here and at the provider', async () => {
  const { town, open } = up();
  const page = await open('clerk-chen');
  await page.getByRole('button', { name: '退出' }).click();
  await page.getByRole('button', { name: '退出 Sign out' }).click();
  await page.getByRole('button', { name: '登录' }).waitFor();
  expect(page.url().startsWith(`${town.apiUrl}/console/`)).toBe(true);
  expect(
    await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('user:'))),
  ).toEqual([]);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByText('张抄表').waitFor();
});

test('an access token that has ended is renewed unseen; a session that cannot be renewed asks to sign in again', async () => {
  const { open } = up();
  const page = await open('reader-li');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const age = (more: Record<string, unknown>) =>
    page.evaluate((changed) => {
      const key = Object.keys(sessionStorage).find((one) => one.includes('user:')) ?? '';
      const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Record<string, unknown>;
      sessionStorage.setItem(key, JSON.stringify({ ...kept, ...changed }));
      return kept['access_token'];
    }, more);
  const first = await age({ expires_at: 1 });
  await page.reload();
  await page.getByRole('heading', { level: 1, name: '今日工作' }).waitFor();
  expect(await age({ expires_at: 1, refresh_token: 'used-up' })).not.toBe(first);
  await page.reload();
  await page.getByRole('button', { name: '登录' }).waitFor();
});

test('a phone loads none of the desk', async () => {
  const { town, blank } = up();
  const page = await blank(PHONE);
  const loaded: string[] = [];
  page.on('response', (response) => loaded.push(response.url()));
  await page.goto(`${town.apiUrl}/m/`);
  await signIn(page, 'crew-wu');
  await page.getByRole('banner').getByText('吴师傅').waitFor();
  await expectAccessible(page);
  const ours = loaded.filter((url) => url.startsWith(`${town.apiUrl}/console/assets/`));
  expect(ours.length).toBeGreaterThan(1);
  const bytes = await Promise.all(
    ours.map(async (url) => (await fetch(url, { headers: { 'accept-encoding': 'identity' } })).arrayBuffer()),
  );
  const text = bytes.map((part) => new TextDecoder().decode(part)).join('\n');
  expect(text).not.toContain('ant-layout');
});
