import { expect, test } from 'vitest';
import { amountFen, dayOf, monthOf, phoneOf, plain } from '../../../intake/import/cells.ts';
import { headerOf, checkHeader } from '../../../intake/import/columns.ts';
import { seenTable } from '../../../intake/import/seen.ts';
import { splitRecords, type CsvRecord } from '../../../intake/import/split-records.ts';
import { fc, forAllAsync } from '../../support/property.ts';

test.each([
  ['100', 10_000],
  ['¥1,234,567.89', 123_456_789],
  ['￥１，２３４．５０', 123_450],
  ['1234.5元', 123_450],
  ['RMB 12.00', 1_200],
  ['0', 0],
  ['12.340', 1_234],
  ['12.345', undefined],
  ['1,23', undefined],
  ['1,2345.00', undefined],
  ['12.', undefined],
  ['1.2万元', undefined],
  ['一百', undefined],
  ['1e3', undefined],
  ['-5', 'negative'],
  ['(5.00)', 'negative'],
  ['99999999999999999', undefined],
])('an amount as it stands in a file: %s', (cell, fen) => {
  expect(amountFen(cell)).toBe(fen);
});

test.each([
  ['2026-09-01', '2026-09-01'],
  ['2026/9/1', '2026-09-01'],
  ['20260901', '2026-09-01'],
  ['2026年9月1日', '2026-09-01'],
  ['2026.9.1', '2026-09-01'],
  ['２０２６－０９－０１', '2026-09-01'],
  ['2026-09-01 00:00:00', '2026-09-01'],
  ['="20260901"', '2026-09-01'],
  ['2024-02-29', '2024-02-29'],
  ['2026-02-29', undefined],
  ['2026-09-31', undefined],
  ['2026/9-1', undefined],
  ['9/1/2026', undefined],
  ['26-09-01', undefined],
  ['46266', undefined],
  ['1926-09-01', undefined],
])('a date as it stands in a file: %s', (cell, day) => {
  expect(dayOf(cell)).toBe(day);
});

test.each([
  ['2026-08', '2026-08'],
  ['202608', '2026-08'],
  ['2026/8', '2026-08'],
  ['2026年8月', '2026-08'],
  ['2026-08-01', '2026-08'],
  ['2026-13', undefined],
  ['8', undefined],
])('a billing month as it stands in a file: %s', (cell, month) => {
  expect(monthOf(cell)).toBe(month);
});

test('numbers come out of what a spreadsheet made of them', () => {
  expect(plain('="00123"')).toBe('00123');
  expect(plain(" '00123 ")).toBe('00123');
  expect(phoneOf('+86 139-0000-1111')).toBe('+8613900001111');
  expect(phoneOf('139****1111')).toBeUndefined();
});

test('headers are known in Chinese and English, with units and in any order', () => {
  const header = headerOf(
    'Due Date,应收金额（元）,欠费金额,账单编号,Meter No.,用户名称,用电地址,客户分类,Account_No'.split(','),
  );
  expect(Object.fromEntries(checkHeader(header).at)).toMatchObject({ due: 0, principal: 1, account_no: 8 });
  // Another unit is another column.
  expect(headerOf(['应收金额（万元）']).at.size).toBe(0);
});

const recordsOf = async (pieces: readonly string[]): Promise<CsvRecord[]> => {
  const records: CsvRecord[] = [];
  const stream = async function* (): AsyncGenerator<string> {
    yield* pieces;
  };
  for await (const some of splitRecords(stream())) records.push(...some);
  return records;
};

test('a quote left open costs its own line and no other', async () => {
  const records = await recordsOf(['a,b\n1,"x\n2,y\n3,"z"w\n4,"q\nr"\n']);
  expect(records.map(({ cells, broken }) => [...cells, broken])).toEqual([
    ['a', 'b', false],
    ['1', '"x', true],
    ['2', 'y', false],
    ['3', '"z"w', true],
    ['4', 'q\nr', false],
  ]);
});

test('a quote left open in a long file costs its own line and no other', async () => {
  const tail = Array.from({ length: 3_000 }, (_, n) => `${n},Nanjing`);
  const records = await recordsOf([`a,b\n"1,x\n${tail.join('\n')}\n`]);
  expect(records.filter(({ broken }) => broken)).toHaveLength(1);
  expect(records).toHaveLength(3_002);
});

test('any cells come back whole, wherever the pieces of the file are cut', async () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '1', ',', '"', '\n', '\r\n', ' ', '张', '¥'),
    maxLength: 6,
  });
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 40 });
  await forAllAsync(
    [rows, fc.integer({ min: 1, max: 9 }), fc.boolean()],
    async (given, pieceLength, crlf) => {
      const text = given
        .map(
          (row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',') + (crlf ? '\r\n' : '\n'),
        )
        .join('');
      // Long enough that records are taken before the end.
      const whole = `h,h,h\n${'x,y,z\n'.repeat(1_000)}${text}`;
      const pieces = Array.from({ length: Math.ceil(whole.length / pieceLength) }, (_, n) =>
        whole.slice(n * pieceLength, (n + 1) * pieceLength),
      );
      const records = await recordsOf(pieces);
      expect(records.slice(1_001)).toEqual(given.map((cells) => ({ cells, broken: false })));
    },
    60,
  );
});

test('what was met is remembered, however much of it', () => {
  const seen = seenTable();
  for (let n = 0; n < 200_000; n += 1) expect(seen.meet(`key-${n}`, `v${n}`) === 'new').toBe(true);
  for (let n = 0; n < 200_000; n += 997) {
    expect(seen.meet(`key-${n}`, `v${n}`)).toBe('same');
    expect(seen.meet(`key-${n}`, `w${n}`)).toBe('other');
  }
});
