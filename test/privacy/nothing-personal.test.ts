import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHistory } from '../../engine/open-history.ts';
import { payloadCodec } from '../../engine/payload-codec.ts';
import { must, person } from '../support/town/person.ts';
import { begin, pay, restoreByCrew, soon, walkOn, walkTo, walkToStop } from '../support/town/story.ts';
import { photo, quiet } from '../support/town/walk.ts';
import { startTown, type Town } from '../support/town/town.ts';

/** What is planted, and in how many ways each may be written. */
const NAME = '欧阳秘名';
const WITNESS = '司徒见证';
const STREET = '暗记弄堂七十七号';
const MAIL = 'geheim.marke@example.invalid';
const PHONES = ['13912340001', '13912340002', '13912340003', '13912340004'];
const MARKS: readonly RegExp[] = [
  ...[NAME, WITNESS, STREET, '秘名', '见证', '暗记', MAIL, 'geheim'].map(
    (mark) => new RegExp(mark.replaceAll('.', '\\.')),
  ),
  ...PHONES.map((phone) => new RegExp(phone)),
  // The same as a computer writes them in another form.
  ...[NAME, WITNESS, STREET].map(
    (mark) => new RegExp([...mark].map((one) => `\\\\u${one.charCodeAt(0).toString(16)}`).join(''), 'i'),
  ),
  ...[NAME, STREET, MAIL, ...PHONES].map((mark) => new RegExp(encodeURIComponent(mark))),
  ...[NAME, STREET, MAIL, ...PHONES].map((mark) => new RegExp(Buffer.from(mark).toString('hex'))),
];
const marksIn = (text: string): string[] => MARKS.filter((mark) => mark.test(text)).map(String);

const logged: string[] = [];
const told: string[] = [];
let town: Town;
let receiver: Server;
let looks: pg.Client;

const household = (phone: string | undefined, more: object = {}) => ({
  ...{ customerName: NAME, address: STREET, email: MAIL },
  ...(phone === undefined ? {} : { phone: `+86${phone}` }),
  ...more,
});

/** One street of people with marked names: stopped and restored, refusing, written to, unreachable, in a file with mistakes. */
async function live(): Promise<void> {
  const stopped = await begin(town, 'stopped', household(PHONES[0]));
  const { stopId } = await walkToStop(stopped);
  await town.sim.writeSms(`+86${PHONES[0]}`, `我是${NAME}，已缴费`);
  await pay(stopped);
  await restoreByCrew(stopped, stopId);

  // The carrier refuses the number, and says so with the number in its words; the mail server the same.
  const wrong = await begin(town, 'wrong-number', household(PHONES[1], { agreedChannel: 'sms' }));
  await town.sim.faults.add({
    ...{ system: 'carrier', fault: 'wrong-answer', match: { phone: `+86${PHONES[1]}` } },
    answer: {
      status: 400,
      body: { code: 21211, status: 400, message: `The 'To' number +86${PHONES[1]} is not valid` },
    },
  });
  await town.sim.faults.add({ system: 'mail', fault: '500', match: { address: MAIL }, times: 1 });
  await walkOn(wrong, {}, 12);
  const mailed = await begin(town, 'mailed', household(PHONES[2], { agreedChannel: 'email' }));
  await walkOn(mailed, {}, 12);

  const refusing = await begin(town, 'refusing', household(PHONES[3]));
  const reader = person(town, 'reader-zhang');
  await walkTo(refusing, 'yellow-service');
  const tasks = await must(
    reader.get<{ items: { ref: string; kind: string }[] }>(`/tasks?caseId=${refusing.caseId}`),
  );
  for (const task of tasks.items.filter(({ kind }) => kind.startsWith('serve-')))
    await must(
      reader.post(`/notices/${encodeURIComponent(task.ref)}/services`, {
        ...{ method: 'refusal', meterNo: refusing.account.meterNo, proofs: [await photo(town)] },
        ...{ witness: WITNESS, circumstances: `${NAME}在${STREET}拒签，电话${PHONES[3]}` },
      }),
    );
  await quiet(town);

  const clerk = person(town, 'clerk-chen');
  await must(clerk.post('/account-searches', { text: NAME }));
  await must(clerk.post('/account-searches', { text: PHONES[0] ?? '' }));
  await must(clerk.get(`/accounts/${refusing.account.accountNo}`));
  const file = [
    '户号,户名,地址,电话,账单号,月份,金额,到期日',
    `320899777001,${NAME},${STREET},${PHONES[0]},B1,2026-08,${NAME},2026-09-20`,
    `${NAME},${NAME},${STREET},${PHONES[0]},B2,2026-08,100.00,不是日期${PHONES[1]}`,
  ].join('\n');
  await fetch(`${town.apiUrl}/imports?fileName=${encodeURIComponent('欠费.csv')}&centreId=centre-1`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await town.sim.token('clerk-chen')}`,
      ...{ 'content-type': 'text/csv', 'idempotency-key': 'import-of-marks' },
    },
    body: file,
  });
  // Mistakes of callers and of the product itself.
  await clerk.post('/cases', { accountNo: NAME });
  await clerk.get(`/accounts/${encodeURIComponent(`${NAME}\u0000`)}`);
  await clerk.post(`/accounts/${refusing.account.accountNo}/contact`, { phone: `${NAME}${PHONES[0]}` });
}

beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  town = await startTown({ log });
  const url = new URL(town.settings.DATABASE_URL);
  [url.username, url.password] = ['fudian_owner', 'owner'];
  looks = new pg.Client({ connectionString: url.href });
  await looks.connect();
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => {
      told.push(JSON.stringify(request.headers) + body);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = receiver.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await must(
    person(town, 'operator-shi').post('/webhook-subscriptions', {
      ...{
        url: `http://127.0.0.1:${port}/events`,
        secret: 'a secret of the receiver, 32 or more',
        events: ['*'],
      },
    }),
  );
  await live();
  await soon(
    () => Promise.resolve(told.length),
    (n) => n > 20,
  );
}, 180_000);
afterAll(async () => {
  await looks?.end();
  receiver?.close();
  await town?.close();
});

describe('K4.3: after full cases nothing personal lies where it has no business', () => {
  test('in no history of the engine, opened; and unopened there is not even an id', async () => {
    let [histories, payloads] = [0, 0];
    for await (const { workflowId, runId, memo, searchAttributes } of town.temporal.workflow.list()) {
      const history = await town.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
      const sealed = JSON.stringify(historyToJSON(history));
      expect(marksIn(sealed)).toEqual([]);
      expect(sealed).not.toContain('json/plain');
      const opened = historyToJSON(await openHistory(payloadCodec(town.engine.keys), history));
      const words = [...opened.matchAll(/"data":\s*"([^"]*)"/g)].map(([, data = '']) =>
        Buffer.from(data, 'base64').toString(),
      );
      const where = { workflowId, memo, searchAttributes };
      expect({
        workflowId,
        found: marksIn(`${opened}\n${words.join('\n')}\n${JSON.stringify(where)}`),
      }).toEqual({ workflowId, found: [] });
      histories += 1;
      payloads += words.length;
    }
    expect(histories).toBeGreaterThan(5);
    expect(payloads).toBeGreaterThan(60);
  });

  test('in no text of the database outside sealed columns', async () => {
    const { rows: columns } = await looks.query<{ t: string; c: string; n: number }>(
      `select c.table_name as t, c.column_name as c, 0 as n from information_schema.columns c
         join information_schema.tables b using (table_schema, table_name)
        where c.table_schema = 'public' and b.table_type = 'BASE TABLE' and c.column_name not like '%\\_enc'`,
    );
    expect(columns.length).toBeGreaterThan(250);
    let read = 0;
    for (const { t, c } of columns) {
      const { rows } = await looks.query<{ text: string }>(
        `select "${c}"::text as text from "${t}" where "${c}" is not null`,
      );
      const found = marksIn(rows.map(({ text }) => text).join('\n'));
      expect({ column: `${t}.${c}`, found }).toEqual({ column: `${t}.${c}`, found: [] });
      read += rows.length;
    }
    expect(read).toBeGreaterThan(2_000);
    // The looking itself can find: what was planted lies sealed in these tables.
    const { rows: sealed } = await looks.query<{ name: Buffer }>('select name_enc as name from accounts');
    expect(sealed.map(({ name }) => town.vault.open(name))).toContain(NAME);
  });

  test('in no line of the logs of worker and API', () => {
    const lines = logged.filter((line) => marksIn(line).length > 0);
    expect(lines).toEqual([]);
    expect(logged.length).toBeGreaterThan(1);
  });

  test('in no metric, and in no event that subscribers get', async () => {
    expect(marksIn(await (await fetch(`${town.apiUrl}/metrics`)).text())).toEqual([]);
    expect(told.length).toBeGreaterThan(20);
    expect(told.flatMap(marksIn)).toEqual([]);
  });
});
