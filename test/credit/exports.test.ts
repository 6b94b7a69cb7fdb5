import { describe, expect, test } from 'vitest';
import { newAccount, type TownAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { soon, useTown } from '../support/town/story.ts';
import { COMPANY, rowsOf } from '../support/town/town.ts';
import { keepHistories } from '../support/record-histories.ts';
import { basis, firm, walkMatter, type FirmWish } from './support/matter.ts';

const town = useTown();
const he = () => person(town(), 'credit-he');
const manager = () => person(town(), 'manager-sun');
const approvals = (exportId: string): string => `/credit/exports/${encodeURIComponent(exportId)}/approvals`;
const statusOf = async (exportId: string): Promise<string | undefined> =>
  (
    await rowsOf<{ status: string }>(town(), 'select status from credit_exports where export_id = $1', [
      exportId,
    ])
  )[0]?.status;
const reaches = (exportId: string, status: string) =>
  soon(
    () => statusOf(exportId),
    (found) => found === status,
  );
/** Keeps what the engine wrote down of a matter, where histories are recorded. */
const keep = (account: TownAccount, name: string, caseId: string): Promise<void> =>
  keepHistories(town(), [{ name, caseId, account }]);
const heldOf = async (exportId: string) =>
  (await town().sim.books.creditRecords()).filter(({ record }) => record.recordKey === exportId);

async function propose(account: TownAccount, recordId: string) {
  const basisId = await basis(town());
  return he().post<{ exportId: string; reasons?: { code: string }[] }>(
    `/accounts/${account.accountNo}/credit/exports`,
    { kind: 'record', subjectId: recordId, basisId },
  );
}

/** A firm's record that has been told, with the days over, and waits for the second signature. */
async function told() {
  const account = await newAccount(town(), { agreedChannel: 'sms', customerClass: 'non-resident' });
  const { recordId } = await firm(town(), account, { code: '91320800MA1XB23K42' });
  const { exportId } = await must(propose(account, recordId));
  const matter = { kind: 'export', subjectId: exportId } as const;
  await walkMatter(town(), account, matter, 2);
  expect(await statusOf(exportId)).toBe('noticed');
  return { account, recordId, exportId, matter };
}

describe('H4, L6: a report of a firm to the public credit platform', () => {
  test('is told first, signed by a second person, sent once through lost answers, and travels back', async () => {
    const { account, exportId, matter } = await told();
    expect(await heldOf(exportId)).toEqual([]);
    expect((await he().post(approvals(exportId))).status).toBe(409);
    await must(manager().post(approvals(exportId)));
    await walkMatter(town(), account, matter, 5);
    expect(await statusOf(exportId)).toBe('approved');
    expect(await heldOf(exportId)).toEqual([]);
    await town().sim.faults.add({ system: 'credit-platform', fault: 'drop-after-accept', times: 1 });
    await walkMatter(town(), account, matter, 16);
    await reaches(exportId, 'acknowledged');
    const held = await heldOf(exportId);
    await keep(account, 'credit-export-acknowledged', exportId);
    expect(held).toMatchObject([
      {
        state: 'accepted',
        record: { kind: 'record', legalName: '淮阴测试有限公司', format: 'fudian-credit/1' },
      },
    ]);
    expect(JSON.stringify(held[0]?.record)).not.toContain(account.phone);

    await town().sim.faults.add({ system: 'credit-platform', fault: '500', times: 1 });
    await must(
      manager().post(`/credit/exports/${encodeURIComponent(exportId)}/withdrawal`, { cause: 'mistake' }),
    );
    await reaches(exportId, 'withdrawn');
    expect(await heldOf(exportId)).toMatchObject([{ state: 'withdrawn', withdrawnWhy: 'mistake' }]);
  });

  test('stays where it is while an objection is open, and is taken back when that is upheld', async () => {
    const { account, recordId, exportId, matter } = await told();
    await must(manager().post(approvals(exportId)));
    const { objectionId } = await must(
      person(town(), 'clerk-chen').post<{ objectionId: string }>(
        `/accounts/${account.accountNo}/credit/objections`,
        { scheme: 'record', subjectId: recordId, words: '并非我单位', channel: 'counter' },
      ),
    );
    await walkMatter(town(), account, matter, 30);
    expect(await heldOf(exportId)).toEqual([]);
    await must(
      person(town(), 'head-qian').post(`/credit/objections/${encodeURIComponent(objectionId)}/decisions`, {
        ...{ decision: 'upheld', reason: '记录有误' },
      }),
    );
    await reaches(exportId, 'withdrawn');
    expect(await heldOf(exportId)).toEqual([]);
  });

  test('that the platform refuses is refused, and says why', async () => {
    const { account, exportId, matter } = await told();
    await town().sim.creditPlatform.verdicts({ mode: 'reject' });
    await must(manager().post(approvals(exportId)));
    await walkMatter(town(), account, matter, 20);
    await reaches(exportId, 'refused');
    await town().sim.creditPlatform.verdicts({ mode: 'accept' });
    const { items } = await must(
      he().get<{ items: { exportId: string; refusedCode: string }[] }>('/credit/exports?status=refused'),
    );
    expect(items.find((item) => item.exportId === exportId)?.refusedCode).toBe('basis-not-recognised');
  });
});

test('H4: what was reported and holds no longer is taken back by itself', async () => {
  const { account, recordId, exportId, matter } = await told();
  await must(manager().post(approvals(exportId)));
  await walkMatter(town(), account, matter, 20);
  await reaches(exportId, 'acknowledged');
  await rowsOf(
    town(),
    `insert into credit_annulments (record_id, company_id, centre_id, account_id, cause, reason_enc, annulled_by)
     values ($1, $2, 'centre-1', $3, 'mistake', '\\x00', 'head-qian')`,
    [recordId, COMPANY, account.accountId],
  );
  await walkMatter(town(), account, matter, 2);
  await reaches(exportId, 'withdrawn');
  expect(await heldOf(exportId)).toMatchObject([{ state: 'withdrawn', withdrawnWhy: 'no-longer-true' }]);
  await keep(account, 'credit-export-taken-back', exportId);
});

describe('L6: a personal debtor can never leave', () => {
  const wishes: readonly (readonly [string, FirmWish, string])[] = [
    ['a person', { partyKind: 'person' }, 'personal-debtor'],
    ['a firm nobody has verified', { verified: false }, 'identity-not-verified'],
    ['a sole trader, who is one person', { code: '92320800MA1XB23K4Q' }, 'no-social-credit-code'],
    ['a code whose check letter is wrong', { code: '91320800MA1XB23K41' }, 'no-social-credit-code'],
  ];

  test.each(wishes)('%s is refused by the API', async (_, wish, code) => {
    const account = await newAccount(town(), { agreedChannel: 'sms' });
    const { recordId } = await firm(town(), account, wish);
    const answer = await propose(account, recordId);
    expect(answer.status).toBe(409);
    expect(answer.body.reasons?.map((reason) => reason.code)).toContain(code);
  });

  test.each(wishes.slice(0, 2))('%s is refused by the database itself', async (_, wish) => {
    const account = await newAccount(town(), {});
    const { recordId } = await firm(town(), account, wish);
    const basisId = await basis(town());
    const smuggle = rowsOf(
      town(),
      `insert into credit_exports (export_id, company_id, centre_id, account_id, kind, subject_id, party_kind, basis_id, body_enc, body_sha256,
                                   stated_on, status, proposed_by, approved_by, approved_at)
       values ('smuggled/' || $2, $1, 'centre-1', $2, 'record', $3, 'firm', $4, '\\x00', '', current_date, 'approved', 'a', 'b', now())`,
      [COMPANY, account.accountId, recordId, basisId],
    );
    await expect(smuggle).rejects.toThrow('L6');
  });

  test('who turns out to be a person before the report leaves is held back', async () => {
    const { account, exportId, matter } = await told();
    await must(manager().post(approvals(exportId)));
    await firm(town(), account, { partyKind: 'person' });
    await walkMatter(town(), account, matter, 25);
    expect(await heldOf(exportId)).toEqual([]);
    expect(await statusOf(exportId)).toBe('approved');
  });
});
