import { expect, test } from 'vitest';
import { readPdf } from '../support/pdf-text.ts';
import { newAccount, type TownAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { soon, useTown } from '../support/town/story.ts';
import { rowsOf } from '../support/town/town.ts';
import { photo } from '../support/town/walk.ts';
import { queuedDowngrade, queuedRed, standing, walkMatter, watchOnce } from './support/matter.ts';

const town = useTown();
const letterPath = (letterId: string): string => `/credit/letters/${encodeURIComponent(letterId)}`;

interface Letter {
  letter_id: string;
  channel: string;
  status: string;
  served_by: string | null;
}

const letterOf = async (account: TownAccount, kind: string): Promise<Letter | undefined> =>
  (
    await rowsOf<Letter>(
      town(),
      'select letter_id, channel, status, served_by from credit_letters where account_id = $1 and kind = $2',
      [account.accountId, kind],
    )
  )[0];
const dutyOf = async (account: TownAccount, kind: string): Promise<string | undefined> =>
  (
    await rowsOf<{ status: string }>(
      town(),
      'select status from credit_measures where account_id = $1 and kind = $2',
      [account.accountId, kind],
    )
  )[0]?.status;
const openTasks = async (account: TownAccount): Promise<string[]> =>
  (
    await rowsOf<{ kind: string }>(
      town(),
      'select kind from tasks where account_id = $1 and done_at is null order by kind',
      [account.accountId],
    )
  ).map(({ kind }) => kind);

/** Decided by a person, told with proof, the days to reply lived through: it holds. */
async function inForce(account: TownAccount, downgradeId: string): Promise<void> {
  await must(
    person(town(), 'head-qian').post(`/credit/downgrades/${encodeURIComponent(downgradeId)}/decisions`, {
      ...{ decision: 'approve', reason: '属实' },
    }),
  );
  await walkMatter(town(), account, { kind: 'downgrade', subjectId: downgradeId }, 10);
}

test('G3.C: whoever becomes C is told at the agreed address what it means and until when, and the proof closes the duty', async () => {
  const account = await newAccount(town(), { agreedChannel: 'sms' });
  await inForce(account, await queuedDowngrade(town(), account, 'C'));
  expect(await dutyOf(account, 'grade-told')).toBe('open');
  await watchOnce(town());
  const letter = await soon(
    () => letterOf(account, 'grade-told'),
    (found) => found?.status === 'served',
  );
  expect(letter).toMatchObject({ channel: 'sms', served_by: 'receipt' });
  expect(await dutyOf(account, 'grade-told')).toBe('done');
  const sent = (await town().sim.books.messages(account.phone)).map(({ text }) => text);
  const told = sent.find((text) => text.includes('评定为 C 级'));
  expect(told).toMatch(/已逾期 40 天（超过 30 天）.*\n请于\d{4}年\d+月\d+日前到营业厅办理安装预付费电能表/);
  expect(told).toContain('提出异议');
  await watchOnce(town());
  const again = (await town().sim.books.messages(account.phone)).map(({ text }) => text);
  expect(again.filter((text) => text.includes('评定为 C 级'))).toHaveLength(1);
});

test('H2: red gets a letter on paper whatever address was agreed; the reader brings it, and the proof closes the duty', async () => {
  const account = await newAccount(town(), { agreedChannel: 'sms' });
  await inForce(account, await queuedRed(town(), account));
  await watchOnce(town());
  const letter = await letterOf(account, 'colour-letter');
  expect(letter).toMatchObject({ channel: 'letter', served_by: null });
  expect(await openTasks(account)).toContain('serve-credit-letter');
  const letterId = letter?.letter_id ?? '';
  const reader = person(town(), 'reader-zhang');
  const printed = await fetch(`${town().apiUrl}${letterPath(letterId)}/document.pdf`, {
    headers: { authorization: `Bearer ${await town().sim.token('reader-zhang')}` },
  });
  const { text } = readPdf(Buffer.from(await printed.arrayBuffer()));
  expect(text).toContain('信用现为红色');
  expect(text).toContain('送达回证');
  // L5: what is under objection rests, the walk to the door with it.
  const objection = await must(
    person(town(), 'clerk-chen').post<{ objectionId: string }>(
      `/accounts/${account.accountNo}/credit/objections`,
      { scheme: 'colour', words: '欠费已缴', channel: 'hotline' },
    ),
  );
  expect(await openTasks(account)).not.toContain('serve-credit-letter');
  await must(
    person(town(), 'credit-he').post(
      `/credit/objections/${encodeURIComponent(objection.objectionId)}/decisions`,
      { decision: 'rejected', reason: '未缴' },
    ),
  );
  expect(await openTasks(account)).toContain('serve-credit-letter');
  const none = await reader.post(`${letterPath(letterId)}/services`, { servedBy: 'signature', proofs: [] });
  expect(none.status).toBe(422);
  await must(
    reader.post(`${letterPath(letterId)}/services`, {
      ...{ servedBy: 'signature', proofs: [await photo(town())] },
    }),
  );
  expect(await dutyOf(account, 'colour-letter')).toBe('done');
  expect(await openTasks(account)).not.toContain('serve-credit-letter');
});

test('G3.A: A customers of the place are told of planned works by SMS, once and beforehand; others, elsewhere and too early are not', async () => {
  const a = await newAccount(town());
  const b = await newAccount(town());
  await standing(town(), a, 'A');
  await standing(town(), b, 'B');
  const [place] = await rowsOf<{ region: string }>(
    town(),
    'select region from accounts where account_id = $1',
    [a.accountId],
  );
  const plan = (region: string, days: number, reason: string) =>
    must(
      person(town(), 'clerk-chen').post('/planned-outages', {
        ...{ centreId: 'centre-1', region, reason },
        fromAt: new Date(Date.now() + days * 86_400_000).toISOString(),
        toAt: new Date(Date.now() + days * 86_400_000 + 3_600_000).toISOString(),
      }),
    );
  await plan(place?.region ?? '', 1, '线路检修');
  await plan(place?.region ?? '', 90, '远期改造');
  await plan('别处', 1, '别处检修');
  const smsOf = async (account: TownAccount) =>
    (await town().sim.books.messages(account.phone)).map(({ text }) => text);
  await watchOnce(town());
  await soon(
    () => smsOf(a),
    (texts) => texts.length > 0,
  );
  await watchOnce(town());
  const told = await smsOf(a);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/因线路检修，计划于 \d{4}年\d+月\d+日 \d{2}:\d{2} 至 .* 停电检修/);
  expect(await smsOf(b)).toEqual([]);
});
