import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { must } from '../../support/town/person.ts';
import { soon, walkTo, type Story } from '../../support/town/story.ts';

/** A small but real picture, as a camera would hand it over. */
export const PHOTO = {
  name: 'photo.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAFUlEQVR42mNkYPhfz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC',
    'base64',
  ),
};

/** Takes a photo by the page's camera input. */
export async function takePhoto(page: Page | Locator): Promise<void> {
  await page.locator('.photos input[type=file]').setInputFiles(PHOTO);
  await page.locator('.photos li').last().waitFor();
}

/** Signs in the box with a finger. */
export async function sign(page: Page): Promise<void> {
  const box = page.locator('.signature canvas');
  await box.scrollIntoViewIfNeeded();
  const at = await box.boundingBox();
  if (at === null) throw new Error('there is no box to sign in');
  const points = [0.2, 0.35, 0.5, 0.65, 0.8].map((x, n) => [x, n % 2 === 0 ? 0.3 : 0.7] as const);
  const place = ([x, y]: readonly [number, number]) => [at.x + x * at.width, at.y + y * at.height] as const;
  await page.mouse.move(...place(points[0] ?? [0.2, 0.3]));
  await page.mouse.down();
  for (const point of points) await page.mouse.move(...place(point), { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: '重签' }).and(page.locator(':enabled')).waitFor();
}

const IS_KEPT = `navigator.serviceWorker.controller !== null &&
  caches.match('/m/', { cacheName: 'fudian-field' }).then((kept) => kept !== undefined)`;

/** Waits until the device has all that it needs to open the page without a network. */
export async function readyForOffline(page: Page): Promise<void> {
  const isKept = await soon(
    () => page.evaluate<boolean>(IS_KEPT),
    (kept) => kept,
  );
  expect(isKept).toBe(true);
}

/** Walks to the moment at which a notice of this kind waits to be served. */
export const walkToServe = (story: Story, kind: 'yellow' | 'red'): Promise<unknown> =>
  walkTo(story, async ({ caseId, reader, at }) => {
    const { items } = await must(
      reader.get<{ items: { kind: string; notBefore: string }[] }>(`/tasks?caseId=${caseId}`),
    );
    return items.some((task) => task.kind === `serve-${kind}` && Date.parse(task.notBefore) <= at.nowMs);
  });

interface Target {
  text: string;
  width: number;
  height: number;
}

const LEAST_PX = 44;
const TARGETS = `[...document.querySelectorAll('a, button, label.plain-button, .ways label, .check, summary')]
  .filter((one) => one.offsetParent !== null)
  .map((one) => ({ text: one.textContent.trim(), width: one.offsetWidth, height: one.offsetHeight }))`;

/** Everything to press is as large as a thumb. */
export async function expectLargeTargets(page: Page): Promise<void> {
  const targets = await page.evaluate<Target[]>(TARGETS);
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter(({ width, height }) => width < LEAST_PX || height < LEAST_PX)).toEqual([]);
}
