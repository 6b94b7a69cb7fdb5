import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatchTicket } from '../../activities/live/dispatch-ticket.ts';
import { wholeCompany } from '../../db/database.ts';
import { standDown } from '../../intake/stand-down.ts';
import { takeAccount } from '../../intake/take-account.ts';
import type { WorkOrder } from '../../systems/field-work/port.ts';
import type { Systems } from '../../systems/systems.ts';
import { makeStopCase, type StopCase } from './support/stop-case.ts';
import { COMPANY, openWorkbench, type Workbench } from './support/workbench.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench();
});
afterAll(() => bench.close());

const orders: WorkOrder[] = [];

/** The crew system takes the order; `meanwhile` happens while it is on its way. */
const dispatch = (c: StopCase, meanwhile: () => Promise<void> = () => Promise.resolve()) => {
  const fieldWork = {
    dispatch: async (order: WorkOrder) => {
      orders.push(order);
      await meanwhile();
      return { orderId: 'o-1' };
    },
  };
  const deps = { ...bench.deps, systems: { fieldWork } as unknown as Systems };
  return dispatchTicket(deps)({ companyId: COMPANY, ticketId: `ticket/${c.caseId}/1` });
};
const recall = (c: StopCase) =>
  bench.db.tx(wholeCompany(COMPANY), async (tx) => {
    await standDown(tx, await takeAccount(tx, { accountId: c.accountId }), 'payment');
  });
const recalls = (c: StopCase) =>
  bench.tx((tx) =>
    tx.rows(`select 1 from outbox where kind = 'stand-down' and payload ->> 'ticketId' = $1`, [
      `ticket/${c.caseId}/1`,
    ]),
  );

async function raised(): Promise<StopCase> {
  const c = await makeStopCase(bench, 'told');
  await bench.tx((tx) => tx.run(`update tickets set status = 'raised' where case_id = $1`, [c.caseId]));
  return c;
}

test('T1.2: an order that was recalled while it was on its way is recalled again behind it', async () => {
  const c = await raised();
  await dispatch(c, () => recall(c));
  expect(await recalls(c)).toHaveLength(2);
});

test('T2.3: an order nobody recalled is recalled by nobody, also when it is sent twice', async () => {
  const c = await raised();
  await dispatch(c);
  await dispatch(c);
  expect(await recalls(c)).toHaveLength(0);
});

test('T2.7: an order to restore the household whose meter was taken by mistake goes to its door, not to the debtor’s', async () => {
  const [debtor, neighbour] = [await raised(), await raised()];
  await bench.tx((tx) =>
    tx.run(
      `update tickets set kind = 'restore', meter_no = (select meter_no from accounts where account_id = $2) where case_id = $1`,
      [debtor.caseId, neighbour.accountId],
    ),
  );
  await bench.tx((tx) =>
    tx.run('update accounts set address_enc = $2 where account_id = $1', [
      neighbour.accountId,
      bench.deps.vault.seal('The door that went dark'),
    ]),
  );
  await dispatch(debtor);
  expect(orders.at(-1)).toMatchObject({
    kind: 'restore',
    meterNo: `meter-${neighbour.accountId}`,
    address: 'The door that went dark',
  });
  expect(orders.at(-1)?.accountNo).toContain(neighbour.accountId);
});
