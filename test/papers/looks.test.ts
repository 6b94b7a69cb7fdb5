import { describe, expect, test } from 'vitest';
import { printNotice } from '../../papers/notices/print-notice.ts';
import { paint, readPages, scanQr, type PdfPage } from '../support/pdf-page.ts';
import { readPdf } from '../support/pdf-text.ts';
import { EVERY_PAPER, LONG, MANY_BILLS } from './every-paper.ts';
import * as sample from './samples.ts';

/** Printers leave the outer five millimetres white. */
const UNPRINTED = 14;
/** Two base lines this near, in letter heights, are one line. */
const SAME_LINE = 0.6;
const FOOT = { top: 46, runs: 2 };

/** Colours in the corners and in the middle of each edge: the paper itself. */
function groundOf(page: PdfPage): string[] {
  const { width, height, data } = paint(page);
  const inset = 4;
  const places = [inset, Math.floor(width / 2), width - inset].flatMap((x) =>
    [inset, height - inset].map((y) => [x, y] as const),
  );
  return [
    ...new Set(places.map(([x, y]) => data.slice((y * width + x) * 3, (y * width + x) * 3 + 3).join(' '))),
  ];
}

/** What a person calls the colour; undefined where it is none of ours. */
function nameOf(ground: string): string | undefined {
  const [red = 0, green = 0, blue = 0] = ground.split(' ').map(Number);
  if (red > 245 && green > 245 && blue > 225) return 'white';
  if (red > 240 && green > 215 && blue < 160) return 'yellow';
  if (red > 235 && green < 200 && blue < 200) return 'red';
  return undefined;
}

const GROUNDS: Readonly<Record<string, string>> = { yellow: 'yellow', red: 'red' };

describe.each(EVERY_PAPER)('$name', ({ name, usual, extreme }) => {
  test('T2.1, T2.2: stands on the colour of its kind, on each page to its edges', async () => {
    for (const page of [...readPages(await usual()), ...readPages(await extreme())]) {
      const grounds = groundOf(page);
      expect(grounds).toHaveLength(1);
      expect(nameOf(grounds[0] ?? '')).toBe(GROUNDS[name] ?? 'white');
    }
  });

  test('nothing leaves the page or runs into its foot, however long the names and reasons', async () => {
    const pages = readPages(await extreme());
    for (const { runs, width, height } of pages) {
      expect(runs.length).toBeGreaterThan(0);
      expect(Math.min(...runs.map(({ x }) => x))).toBeGreaterThan(UNPRINTED);
      expect(Math.max(...runs.map((run) => run.x + run.width))).toBeLessThan(width - UNPRINTED);
      expect(Math.min(...runs.map(({ y, size }) => y - size))).toBeGreaterThan(UNPRINTED - 4);
      const inFoot = runs.filter(({ y }) => y > height - FOOT.top);
      expect(inFoot).toHaveLength(name === 'certificate' ? 0 : FOOT.runs);
    }
  });

  test('no line is written over another', async () => {
    for (const { runs } of [...readPages(await usual()), ...readPages(await extreme())]) {
      const over = runs.filter((one, at) =>
        runs
          .slice(at + 1)
          .some(
            (other) =>
              Math.abs(one.y - other.y) < SAME_LINE * Math.min(one.size, other.size) &&
              one.x + 1 < other.x + other.width &&
              other.x + 1 < one.x + one.width,
          ),
      );
      expect(over).toEqual([]);
    }
  });

  test('each page but the first says of which paper it is, and every page its number', async () => {
    const { text, pages } = readPdf(await extreme());
    expect(text.match(/（续）/g) ?? []).toHaveLength(pages - 1);
    // A certificate is one sheet, and has no foot.
    const feet =
      name === 'certificate' ? [] : Array.from({ length: pages }, (_, at) => `第${at + 1}页共${pages}页`);
    expect(text.match(/第\d+页共\d+页/g) ?? []).toEqual(feet);
  });
});

describe('the code on a notice', () => {
  test.each(['first-dunning', 'yellow', 'red'] as const)(
    'T1.2: %s leads to the customer’s page, read from the page as it is painted',
    async (kind) => {
      for (const bills of [1, MANY_BILLS]) {
        const facts = sample.stopFacts(bills, LONG);
        const found = readPages(await printNotice(sample.notice(kind, facts))).flatMap((page) => {
          try {
            return [scanQr(page)];
          } catch {
            return [];
          }
        });
        expect(found).toEqual([facts.link]);
      }
    },
  );

  test('a page without one has none to be read', async () => {
    const { link: _, ...facts } = sample.stopFacts(1);
    const [page] = readPages(await printNotice(sample.notice('red', facts)));
    expect(page).toBeDefined();
    expect(() => page && scanQr(page)).toThrow(/finder/);
  });
});

test('a notice of thirty bills keeps the head of its table on each page, its sum and its slip', async () => {
  const { text, pages } = readPdf(
    await printNotice(sample.notice('yellow', sample.stopFacts(MANY_BILLS, LONG))),
  );
  expect(pages).toBe(2);
  expect(text.match(/电费月份缴费截止日/g)).toHaveLength(2);
  expect(text).toContain(`合计共${MANY_BILLS}笔`);
  expect(text).toContain('送达回执');
});
