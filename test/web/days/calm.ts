import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until no passing message covers the page: what it said stands on the page itself. */
export async function expectCalm(page: Page): Promise<void> {
  await expect.poll(() => page.locator('.ant-message-notice').count(), { timeout: 15_000 }).toBe(0);
}
