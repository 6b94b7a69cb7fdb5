import { readCreditFile } from '../../../db/credit/read-credit-file.ts';
import { readCreditPolicy } from '../../../db/credit/read-credit-policy.ts';
import { wholeCompany } from '../../../db/database.ts';
import { judgeNow } from '../../../intake/credit/judge-now.ts';
import { moveStanding } from '../../../intake/credit/move-standing.ts';
import type { Intake } from '../../../intake/deps.ts';
import { addDays, addMonths } from '../../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';
import type { Standing } from '../../../rules/credit/scheme.ts';
import { COMPANY, openBooks, putAccounts, putBills, type Books } from './books.ts';

export const today = civilDateAt(Date.now());
export const no = (accountId: string): string => `no-${accountId}`;
const NAMES = ['good', 'thief', 'firm', 'old', 'new', 'trusted', 'late', 'scored'] as const;

/** A few customers with a year of bills paid in time, judged once; one of them has its own transformer. */
export interface Customers {
  readonly books: Books;
  readonly intake: Intake;
  fileOf(accountId: string): ReturnType<typeof readCreditFile>;
  judge(accountId: string): Promise<unknown>;
  /** As a person's decision moves them. */
  move(accountId: string, to: Standing): Promise<unknown>;
}

export async function openCustomers(): Promise<Customers> {
  const books = await openBooks();
  const judge = (accountId: string) =>
    books.tx((tx) =>
      judgeNow(tx, { companyId: COMPANY, accountId, cause: 'major-change', nowMs: Date.now() }),
    );
  await putAccounts(books, [
    ...NAMES.map((accountId) => ({ accountId })),
    { accountId: 'big', customerClass: 'non-resident', category: 'dedicated-transformer', capacityKva: 315 },
  ]);
  await putBills(
    books,
    [...NAMES, 'big'].flatMap((accountId) =>
      Array.from({ length: 14 }, (_, m) => {
        const dueOn = addMonths(addDays(today, -20), -m);
        return {
          billId: `${accountId}-${m}`,
          accountId,
          dueOn,
          paidFen: 10_000,
          settledOn: addDays(dueOn, -2),
        };
      }),
    ),
  );
  for (const accountId of [...NAMES, 'big']) await judge(accountId);
  return {
    books,
    intake: { db: books.db, vault: books.vault, scope: wholeCompany(COMPANY) },
    judge,
    fileOf: (accountId) =>
      books.tx(async (tx) =>
        readCreditFile(tx, books.vault, {
          accountId,
          accountNo: no(accountId),
          policy: await readCreditPolicy(tx, COMPANY, today),
        }),
      ),
    move: (accountId, to) =>
      books.tx(async (tx) =>
        moveStanding(tx, {
          ...{
            companyId: COMPANY,
            centreId: 'centre-1',
            accountId,
            scheme: 'grade',
            to,
            onDate: today,
            cause: 'downgrade/test',
          },
          ...{
            by: 'credit-he',
            occurredAt: new Date().toISOString(),
            policy: await readCreditPolicy(tx, COMPANY, today),
          },
        }),
      ),
  };
}
