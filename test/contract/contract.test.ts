import { afterAll, beforeAll, expect, test } from 'vitest';
import { seed } from '../support/property.ts';
import { faultsAfterwards } from './afterwards.ts';
import { judgeOf } from './judge.ts';
import { fuzz, type Fuzzed } from './fuzz.ts';
import { openedFromOutside } from './other-centre.ts';
import { startFuzzTown, type FuzzTown } from './fuzz-town.ts';
import { wordsOf } from './tell.ts';

/** Requests of each kind; `npm run fuzz` makes as many as one likes. */
const EXAMPLES = { fitting: 1, near: 3, wild: 2 };

let fuzzed: Fuzzed;
let place: FuzzTown | undefined;
beforeAll(async () => {
  place = await startFuzzTown();
  fuzzed = await fuzz(place.target, place.operations, EXAMPLES);
}, 300_000);
afterAll(() => place?.town.close());

const here = (): FuzzTown => {
  if (place === undefined) throw new Error('the town is not up');
  return place;
};

test(`every answer of every route is one that its own document declares (FUDIAN_SEED=${seed})`, () => {
  expect(wordsOf(fuzzed.faults)).toEqual([]);
  expect(fuzzed.requests).toBeGreaterThan(1_500);
});

test('the requests reach what lies behind the schemas', () => {
  const reading = here().operations.filter(({ method }) => method === 'GET');
  const reached = reading.filter(({ operationId }) => fuzzed.succeeded.has(operationId));
  expect(reached.length).toBeGreaterThan(reading.length * 0.7);
  for (const status of [200, 201, 400, 404, 409, 415, 422])
    expect({ status, seen: (fuzzed.statuses[status] ?? 0) > 0 }).toEqual({ status, seen: true });
});

test('nothing of one centre opens to a person of another, whatever their role (OWASP ASVS V8)', async () => {
  const { asked, opened, params } = await openedFromOutside(here());
  expect(opened).toEqual([]);
  expect(asked).toBeGreaterThan(300);
  for (const name of ['accountNo', 'approvalId', 'caseId', 'holdId', 'noticeId', 'stopId', 'ticketId'])
    expect(params).toContain(name);
});

test('afterwards worker and procedure carry a payment to the end of its case, and nothing keeps failing', async () => {
  expect(await faultsAfterwards(here())).toEqual([]);
});

test('an answer with another status, shape or type is called a fault', () => {
  const { target, operations } = here();
  const operation = operations.find(({ operationId }) => operationId === 'listCases');
  if (operation === undefined) throw new Error('no listCases');
  const judge = judgeOf(target.document);
  const wire = { kind: 'fitting', method: 'GET', address: '/cases', headers: {}, body: undefined } as const;
  const faults = (status: number, body: unknown, type = 'application/json') =>
    judge.faultsOf(operation, wire, {
      ...{ status, type, headers: new Headers() },
      bytes: new TextEncoder().encode(JSON.stringify(body)),
    });
  expect(faults(200, { items: [], next: null })).toEqual([]);
  expect(faults(200, { items: [], next: null, secret: 1 })).toHaveLength(1);
  expect(faults(200, { items: [], next: null }, 'text/html')).toHaveLength(1);
  expect(faults(201, { items: [], next: null })).toHaveLength(1);
  expect(faults(500, {})).toHaveLength(1);
  expect(faults(404, { error: 'not found' }, 'application/json').length).toBeGreaterThan(0);
});
