import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { rowsOf, startTown, type Town } from '../support/town/town.ts';
import { launch, photo, quiet, walk } from '../support/town/walk.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town?.close());

test('T2.0–T2.7, T3.3: a debt becomes a lawful stop, and payment a restored supply', async () => {
  const account = await newAccount(town);
  await town.sim.phone({ phone: account.phone });
  const caseId = await launch(town, account);
  const end = await walk(town, account, caseId);
  expect(end.whereabouts).toBeNull();

  const view = await must(
    person(town, 'leader-zhao').get<{ outcome: string; stops: { stopId: string; classification: string }[] }>(
      `/cases/${caseId}`,
    ),
  );
  expect(view.outcome).toBe('stopped');
  expect(view.stops).toMatchObject([{ classification: 'lawful', inForce: true }]);

  const stopId = view.stops[0]?.stopId ?? '';
  const [row] = await rowsOf<{ now: string }>(
    town,
    `select clock_timestamp() + offset_ms * interval '1 ms' as now from case_clocks where account_id = $1`,
    [account.accountId],
  );
  await town.sim.pay({ accountNo: account.accountNo, occurredAt: row?.now });
  await quiet(town);
  const crew = person(town, 'crew-wu');
  await expect
    .poll(async () => (await crew.get<{ items: { stopId: string }[] }>('/tickets?kind=restore')).body.items)
    .toMatchObject([{ stopId, status: 'dispatched' }]);
  await must(
    crew.post(`/stops/${encodeURIComponent(stopId)}/restored`, {
      proof: { kind: 'voltage', voltagePresent: true },
      proofs: [await photo(town)],
    }),
  );
  const restorations = await must(
    person(town, 'leader-zhao').get<{ items: { stopId: string; missed: boolean }[] }>(
      '/restorations?state=done',
    ),
  );
  expect(restorations.items).toMatchObject([{ stopId, missed: false, status: 'restored' }]);
});
