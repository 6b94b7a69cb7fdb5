import { afterAll, beforeAll, expect, test } from 'vitest';
import { gradeChunk } from '../../db/credit/grade-chunk.ts';
import { addDays, addMonths, civilDate, type CivilDate } from '../../rules/calendar/civil-date.ts';
import { colourOf } from '../../rules/credit/colour-of.ts';
import { defaultCreditPolicy } from '../../rules/credit/default-policy.ts';
import { creditFactsOf, type CreditRecordSheet } from '../../rules/credit/facts-of.ts';
import type { BillFact } from '../../rules/credit/facts.ts';
import { gradeOf } from '../../rules/credit/grade-of.ts';
import { fc, seed } from '../support/property.ts';
import { COMPANY, openBooks, putAccounts, putBills, type BillWish, type Books } from './support/books.ts';

const ACCOUNTS = 160;
const policy = defaultCreditPolicy(civilDate('2026-11-30'));

/** Days around which rules turn, and any day between. */
const near = (asOf: CivilDate): fc.Arbitrary<CivilDate> => {
  const turns = [0, 1, 29, 30, 31, 59, 60, 61, 180, 181, 334, 335, 364, 365, 366].map((days) =>
    addDays(asOf, -days),
  );
  const months = [1, 11, 12, 13, 35, 36, 37].flatMap((count) =>
    [-1, 0, 1].map((days) => addDays(addMonths(asOf, -count), days)),
  );
  return fc.oneof(
    fc.constantFrom(...turns, ...months),
    fc.integer({ min: -40, max: 1200 }).map((days) => addDays(asOf, -days)),
  );
};

const bill = (asOf: CivilDate): fc.Arbitrary<BillFact & { service: string }> =>
  fc
    .record({
      dueOn: near(asOf),
      principalFen: fc.constantFrom(0, 1, 10_000),
      paid: fc.constantFrom('none', 'part', 'all', 'unknown' as const),
      settledAfter: fc.constantFrom(-20, -1, 0, 1, 5, 30, 31, 70),
      disputed: fc.constantFrom(false, false, false, true),
      service: fc.constantFrom('electricity', 'electricity', 'electricity', 'water'),
      issuedBefore: fc.constantFrom(0, 15, 40),
    })
    .map(({ paid, settledAfter, issuedBefore, ...rest }) => ({
      ...rest,
      issuedOn: addDays(rest.dueOn, -issuedBefore),
      paidFen: paid === 'none' ? 0 : paid === 'part' ? Math.floor(rest.principalFen / 2) : rest.principalFen,
      settledOn: paid === 'all' ? addDays(rest.dueOn, settledAfter) : null,
    }));

const sheetOf = (asOf: CivilDate) =>
  fc.record({
    bills: fc.array(bill(asOf), { maxLength: 5 }),
    offences: fc.array(near(asOf), { maxLength: 2 }),
    suspicions: fc.array(near(asOf), { maxLength: 1 }),
    annulled: fc.array(near(asOf), { maxLength: 1 }),
    tenureFrom: fc.oneof(fc.constant(null), fc.constant(null), near(asOf)),
    deferred: fc.constantFrom(false, false, false, true),
    // The bills of the next account are this one's too.
    absorbs: fc.constantFrom(false, false, false, true),
  });
type Sheet = ReturnType<typeof sheetOf> extends fc.Arbitrary<infer S> ? S : never;

let books: Books;
beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books?.close());

const idOf = (prefix: string, n: number): string => `${prefix}-${String(n).padStart(4, '0')}`;

async function write(prefix: string, sheets: readonly Sheet[], asOf: CivilDate): Promise<void> {
  await putAccounts(
    books,
    sheets.map((_, n) => ({ accountId: idOf(prefix, n) })),
  );
  await putBills(
    books,
    sheets.flatMap((sheet, n) =>
      sheet.bills.map((one, i): BillWish => ({
        ...one,
        billId: `${idOf(prefix, n)}-${i}`,
        accountId: idOf(prefix, n),
      })),
    ),
  );
  const records = sheets.flatMap((sheet, n) =>
    (
      [
        ['theft', true, false, sheet.offences],
        ['theft', false, false, sheet.suspicions],
        ['violation', true, true, sheet.annulled],
      ] as const
    ).flatMap(([kind, confirmed, annulled, days]) =>
      days.map((occurredOn, i) => ({
        ...{ recordId: `${idOf(prefix, n)}/${kind}/${confirmed}/${i}`, accountId: idOf(prefix, n) },
        ...{ kind, confirmed, annulled, occurredOn },
      })),
    ),
  );
  const agreements = sheets.map(({ tenureFrom, deferred }, n) => ({
    tenureFrom,
    deferred,
    accountId: idOf(prefix, n),
  }));
  await books.tx(async (tx) => {
    await tx.run(
      `insert into credit_records (record_id, company_id, centre_id, account_id, kind, occurred_on, confirmed, decision_no, detail_enc, source,
                                   source_name, source_ref, recorded_by)
       select "recordId", $1, 'centre-1', "accountId", kind, "occurredOn", confirmed, case when confirmed then 'd' end, '', 'own', 'test',
              "recordId", 't'
         from jsonb_to_recordset($2::jsonb) as x ("recordId" text, "accountId" text, kind text, confirmed boolean, "occurredOn" date)`,
      [COMPANY, JSON.stringify(records)],
    );
    await tx.run(
      `insert into credit_annulments (record_id, company_id, centre_id, account_id, cause, reason_enc, annulled_by)
       select "recordId", $1, 'centre-1', "accountId", 'mistake', '', 't'
         from jsonb_to_recordset($2::jsonb) as x ("recordId" text, "accountId" text, annulled boolean) where annulled`,
      [COMPANY, JSON.stringify(records)],
    );
    await tx.run(
      `insert into credit_tenures (company_id, centre_id, account_id, debtor_id, from_on, set_by)
       select $1, 'centre-1', "accountId", 'd', "tenureFrom", 't'
         from jsonb_to_recordset($2::jsonb) as x ("accountId" text, "tenureFrom" date) where "tenureFrom" is not null`,
      [COMPANY, JSON.stringify(agreements)],
    );
    await tx.run(
      `insert into holds (hold_id, company_id, centre_id, account_id, kind, reason, set_by, occurred_at)
       select 'hold-' || "accountId", $1, 'centre-1', "accountId", 'plan', 'r', 't', $3::date
         from jsonb_to_recordset($2::jsonb) as x ("accountId" text, deferred boolean) where deferred`,
      [COMPANY, JSON.stringify(agreements), addDays(asOf, -3)],
    );
  });
  await books.tx((tx) =>
    tx.run(
      `insert into account_merges (company_id, centre_id, from_account, into_account, merged_on, reason, merged_by)
       select $1, 'centre-1', x.from_account, x.into_account, $3::date, 'one customer', 't'
         from jsonb_to_recordset($2::jsonb) as x (from_account text, into_account text)`,
      [
        COMPANY,
        JSON.stringify(
          sheets.flatMap((sheet, n) =>
            sheet.absorbs && n % 2 === 0 && n + 1 < sheets.length
              ? [{ from_account: idOf(prefix, n + 1), into_account: idOf(prefix, n) }]
              : [],
          ),
        ),
        addDays(asOf, -1),
      ],
    ),
  );
}

/** What the rules say of the same record, by way of rules/credit alone. */
function expected(prefix: string, sheets: readonly Sheet[], asOf: CivilDate): Map<string, unknown> {
  const said = new Map<string, unknown>();
  for (const [n, sheet] of sheets.entries()) {
    const before = sheets[n - 1];
    if (n % 2 === 1 && before?.absorbs === true) continue;
    const joined = n % 2 === 0 && sheet.absorbs ? sheets[n + 1] : undefined;
    const electricity = [...sheet.bills, ...(joined?.bills ?? [])].filter(
      ({ service }) => service === 'electricity',
    );
    // A tenure that begins later is not known of on that day.
    const tenureFrom = sheet.tenureFrom !== null && sheet.tenureFrom <= asOf ? sheet.tenureFrom : null;
    const record: CreditRecordSheet = {
      bills: electricity,
      offences: [...sheet.offences, ...(joined?.offences ?? [])],
      tenureFrom,
      deferred: sheet.deferred,
    };
    const facts = creditFactsOf(record, asOf, policy.grade);
    const graded = gradeOf(facts, policy.grade);
    const coloured = colourOf(facts, policy);
    said.set(idOf(prefix, n), { ...facts, ...graded, colour: coloured.colour, colourCode: coloured.code });
  }
  return said;
}

test.for(['2026-11-30', '2024-02-29', '2025-02-28', '2026-12-31', '2026-11-17'])(
  'G1, H1: one pass of SQL says of any record what the rules say, as of %s',
  async (day) => {
    const asOf = civilDate(day);
    const prefix = `p${day.replaceAll('-', '')}`;
    const sheets = fc.sample(sheetOf(asOf), { numRuns: ACCOUNTS, seed });
    await write(prefix, sheets, asOf);
    const chunk = {
      ...({ asOf, knowledge: 'now', policy, cause: 'monthly', runId: null, reach: 'stretch' } as const),
      ...{
        after: `${prefix}-`,
        until: `${prefix}.`,
        knownAt: '2099-01-01T00:00:00Z',
        occurredAt: '2026-12-01T00:00:00Z',
      },
    };
    const counts = await books.tx((tx) => gradeChunk(tx, chunk));
    const rows = await books.tx((tx) =>
      tx.rows<{ accountId: string }>(
        `select account_id as "accountId", as_of as "asOf", oldest_days as "oldestDays", owed_fen as "owedFen", late_bills as "lateBills",
                bills, offence_on as "offenceOn", customer_since as "customerSince", deferred, grade, code, watch, colour,
                colour_code as "colourCode"
           from credit_grades where account_id like $1`,
        [`${prefix}-%`],
      ),
    );
    const said = expected(prefix, sheets, asOf);
    expect(counts.accounts, `FUDIAN_SEED=${seed}`).toBe(said.size);
    const found = new Map(rows.map(({ accountId, ...rest }) => [accountId, rest as unknown]));
    expect(found, `FUDIAN_SEED=${seed}`).toEqual(said);
    // The same month again, from the same facts, writes nothing and moves nobody.
    const again = await books.tx((tx) => gradeChunk(tx, chunk));
    expect(again).toEqual({ accounts: said.size, written: 0, movedUp: 0, movedDown: 0, queued: 0 });
    // What one knew, laid out again from the versions of the books, is the same.
    const then = await books.tx((tx) => gradeChunk(tx, { ...chunk, knowledge: 'then', cause: 'recount' }));
    expect(then.written).toBe(0);
  },
);
