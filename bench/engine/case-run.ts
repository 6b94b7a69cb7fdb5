import { newAccount } from '../../test/support/town/account.ts';
import { must, person } from '../../test/support/town/person.ts';
import { rowsOf, type Town } from '../../test/support/town/town.ts';
import { launch, photo, quiet, walk } from '../../test/support/town/walk.ts';
import { caseWorkflowId, restoreWorkflowId } from '../../workflows/messages.ts';
import { costOf, sumOf, type Cost } from './count-history.ts';

async function pay(town: Town, account: { accountNo: string; accountId: string }): Promise<void> {
  const [row] = await rowsOf<{ now: string }>(
    town,
    `select clock_timestamp() + offset_ms * interval '1 ms' as now from case_clocks where account_id = $1`,
    [account.accountId],
  );
  await town.sim.pay({ accountNo: account.accountNo, occurredAt: row?.now ?? new Date().toISOString() });
}

/** Reminded by SMS at the agreed number, the customer pays within the period. */
export async function paysEarly(town: Town): Promise<Cost> {
  const account = await newAccount(town, { agreedChannel: 'sms' });
  await town.sim.phone({ phone: account.phone });
  const caseId = await launch(town, account);
  let hasPaid = false;
  await walk(town, account, caseId, {
    before: async (turn) => {
      const isReminded = (await town.sim.books.messages(account.phone)).length > 0;
      if (hasPaid || !isReminded || turn.stage !== 'first-dunning') return;
      hasPaid = true;
      await pay(town, account);
      await quiet(town);
    },
  });
  return costOf(town.temporal, caseWorkflowId(account.accountId));
}

/** From the launch to the stop, payment, and proof of supply. */
export async function fullCase(town: Town): Promise<Cost> {
  const account = await newAccount(town);
  await town.sim.phone({ phone: account.phone });
  const caseId = await launch(town, account);
  await walk(town, account, caseId);
  const [stop] = await rowsOf<{ stop_id: string }>(town, 'select stop_id from stops where case_id = $1', [
    caseId,
  ]);
  if (stop === undefined) throw new Error(`case ${caseId} did not end in a stop`);
  await pay(town, account);
  await quiet(town);
  const restore = restoreWorkflowId(stop.stop_id);
  await dispatched(town, stop.stop_id);
  await must(
    person(town, 'crew-wu').post(`/stops/${encodeURIComponent(stop.stop_id)}/restored`, {
      proof: { kind: 'voltage', voltagePresent: true },
      proofs: [await photo(town)],
    }),
  );
  await town.temporal.workflow.getHandle(restore).result();
  return sumOf([
    await costOf(town.temporal, caseWorkflowId(account.accountId)),
    await costOf(town.temporal, restore),
  ]);
}

async function dispatched(town: Town, stopId: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const [row] = await rowsOf<{ status: string }>(town, `select status from tickets where ticket_id = $1`, [
      `restore-ticket/${stopId}`,
    ]);
    if (row?.status === 'dispatched') return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${stopId}: the restoration was not dispatched`);
}
