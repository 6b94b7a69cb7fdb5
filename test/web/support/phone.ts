import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { must } from '../../support/town/person.ts';
import { soon, walkTo, type Story } from '../../support/town/story.ts';

/** Draws a meter with its number and reading, as a camera would see it. */
const METER = `(() => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [2000, 1500];
  const draw = canvas.getContext('2d');
  const box = (colour, x, y, w, h) => { draw.fillStyle = colour; draw.fillRect(x, y, w, h); };
  box('#6f7a80', 0, 0, 2000, 1500);
  box('#e9ecec', 350, 120, 1300, 1260);
  box('#a9bfa4', 550, 300, 900, 360);
  draw.fillStyle = '#1c2a1c';
  draw.font = '200px monospace';
  draw.fillText('01234.5', 580, 550);
  for (let n = 0; n < 60; n += 1) box('#111', 600 + n * 13, 880, n % 3 === 0 ? 8 : 4, 160);
  draw.font = '80px monospace';
  draw.fillText('M320800500001', 680, 1140);
  return canvas.toDataURL('image/jpeg').split(',')[1];
})()`;

/** Takes a photo by the page's camera input. */
export async function takePhoto(page: Page): Promise<void> {
  const picture = Buffer.from(await page.evaluate<string>(METER), 'base64');
  const photo = { name: 'meter.jpg', mimeType: 'image/jpeg', buffer: picture };
  await page.locator('.photos input[type=file]').setInputFiles(photo);
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
export const walkToServe = (story: Story, kind: 'first' | 'yellow' | 'red'): Promise<unknown> =>
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
