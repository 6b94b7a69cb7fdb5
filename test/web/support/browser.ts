import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { buildConsole } from '../../../tools/console/build-console.ts';
import { knowPeople } from '../../../tools/district/know-people.ts';
import { findChromium } from '../../../tools/chromium/find-chromium.ts';
import { COMPANY, startTown, type Town } from '../../support/town/town.ts';

const screens = path.resolve(import.meta.dirname, '../../../docs/screens');
const WAIT_MS = 15_000;

export interface BrowserTown {
  readonly town: Town;
  readonly browser: Browser;
  /** A window of its own, in which a person has signed in through the identity provider and is at `at`. */
  readonly open: (personId: string, at?: string, options?: BrowserContextOptions) => Promise<Page>;
  /** A window in which nobody is signed in. */
  readonly blank: (options?: BrowserContextOptions) => Promise<Page>;
}

/** The looks of a telephone, for pages below /m. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

/** Signs in by the provider's page, as a person does. */
export async function signIn(page: Page, personId: string): Promise<void> {
  await page.getByRole('button', { name: /^登录$|^Sign in$/ }).click();
  await page.locator(`button[name=personId][value="${personId}"]`).click();
}

/**
 * A town with the built console, and a real Chromium; call it once at the top of a file. A script error in any window, or a
 * request that the content security policy refused, fails the file.
 */
export function useBrowser(): () => BrowserTown {
  let up: BrowserTown | undefined;
  const closers: (() => Promise<unknown>)[] = [];
  const faults: string[] = [];
  beforeAll(async () => {
    const town = await startTown({ consoleDir: await buildConsole() });
    closers.push(() => town.close());
    await knowPeople(town.db, COMPANY, town.sim);
    const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
    closers.push(() => browser.close());
    const blank = async (options: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext({
        viewport: { width: 1360, height: 860 },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        reducedMotion: 'reduce',
        ...options,
      });
      context.setDefaultTimeout(WAIT_MS);
      const page = await context.newPage();
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
      page.on('console', (message) => {
        if (/Content Security Policy|Minified React error|Warning: \[antd/.test(message.text()))
          faults.push(`${page.url()}: ${message.text().slice(0, 300)}`);
      });
      return page;
    };
    up = {
      town,
      browser,
      blank,
      async open(personId, at = '/console/', options = {}) {
        const page = await blank(options);
        await page.goto(`${town.apiUrl}${at}`);
        await signIn(page, personId);
        await page.waitForURL(
          (url) => url.origin === new URL(town.apiUrl).origin && !url.pathname.endsWith('/signed-in'),
        );
        return page;
      },
    };
  }, 240_000);
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
    expect(faults).toEqual([]);
  }, 60_000);
  return () => {
    if (up === undefined) throw new Error('the browser is not up yet');
    return up;
  };
}

/** Nothing serious that keeps somebody from using the page: contrast, names, order, keyboard. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join(' | ')}`,
    );
  expect(serious).toEqual([]);
}

/** The committed picture of a page; written only where FUDIAN_SCREENS=1, so that a test run changes no file. */
export async function keepScreen(
  page: Page,
  name: string,
  options: { fullPage?: boolean } = {},
): Promise<void> {
  if (process.env['FUDIAN_SCREENS'] !== '1') return;
  mkdirSync(screens, { recursive: true });
  await page.evaluate('document.fonts.ready.then(() => window.scrollTo(0, 0))');
  await page.screenshot({
    path: path.join(screens, `${name}.png`),
    fullPage: options.fullPage ?? false,
    animations: 'disabled',
  });
}

/** Chooses one option of a select of the component library by the keyboard: open, type, take. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label });
  await box.fill(option);
  await page.locator('.ant-select-item-option-active', { hasText: option }).waitFor({ state: 'attached' });
  await box.press('Enter');
}
