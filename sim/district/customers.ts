import { z } from 'zod';
import type { Statements } from '../books/books.ts';
import type { SimContext } from '../context.ts';
import { setBehaviours } from '../carrier/behaviour.ts';
import { receiveSms } from '../carrier/messages.ts';
import { HttpProblem } from '../http/problem.ts';
import { setDisputed } from '../billing/accounts.ts';
import type { BillingPayment } from '../../systems/billing/port.ts';
import { payNow, postNow, reverseNow } from '../billing/money.ts';
import type { Act, CustomerBehaviour, Stage } from './behaviour.ts';
import { customerBehaviour } from './behaviour.ts';

/** What a customer did when a stage was reached. */
export interface StageOutcome {
  accountNo: string;
  stage: Stage;
  door: CustomerBehaviour['door'];
  done: { act: Act['act']; payment?: BillingPayment }[];
}

export const stageBody = z.strictObject({ occurredAt: z.iso.datetime({ offset: true }).optional() });

/** Sets how customers behave from now on, and with it how their phones do; stages they acted on are forgotten. */
export async function setCustomers(
  books: Statements,
  customers: readonly { accountNo: string; phone: string | null; behaviour: CustomerBehaviour }[],
): Promise<void> {
  const rows = customers.map(({ accountNo, behaviour }) => ({ accountNo, behaviour }));
  await books.rows(
    `insert into customer (account_no, behaviour)
     select given ->> 'accountNo', given -> 'behaviour' from jsonb_array_elements($1::jsonb) as given
     on conflict (account_no) do update set behaviour = excluded.behaviour`,
    [JSON.stringify(rows)],
  );
  await books.rows('delete from customer_stage where account_no = any ($1)', [
    customers.map((customer) => customer.accountNo),
  ]);
  const phones = customers.flatMap(({ phone, behaviour: { sms, call } }) =>
    phone === null ? [] : [{ phone, sms, call }],
  );
  await setBehaviours(books, phones);
}

/** How a customer behaves; one nobody spoke of signs, answers and does not pay. */
export async function behaviourOf(books: Statements, accountNo: string): Promise<CustomerBehaviour> {
  const [row] = await books.rows<{ behaviour: CustomerBehaviour }>(
    'select behaviour from customer where account_no = $1',
    [accountNo],
  );
  return row?.behaviour ?? customerBehaviour.parse({});
}

/** Tells a customer that a stage is reached and lets them act, once. @throws HttpProblem 404, 409 `acting` */
export async function reachStage(
  sim: SimContext,
  accountNo: string,
  stage: Stage,
  occurredAt: string,
): Promise<StageOutcome> {
  const key = [accountNo, stage];
  const fresh = await sim.books.rows(
    'insert into customer_stage (account_no, stage) values ($1, $2) on conflict do nothing returning 1',
    key,
  );
  if (fresh.length === 0) return knownOutcome(sim.books, accountNo, stage);
  try {
    const behaviour = await behaviourOf(sim.books, accountNo);
    const outcome: StageOutcome = { accountNo, stage, door: behaviour.door, done: [] };
    for (const act of behaviour.acts[stage] ?? []) {
      const payment = await carryOut(sim, accountNo, act, occurredAt);
      outcome.done.push(payment === undefined ? { act: act.act } : { act: act.act, payment });
    }
    await sim.books.rows('update customer_stage set outcome = $3 where account_no = $1 and stage = $2', [
      ...key,
      JSON.stringify(outcome),
    ]);
    return outcome;
  } catch (error) {
    await sim.books.rows('delete from customer_stage where account_no = $1 and stage = $2', key);
    throw error;
  }
}

async function knownOutcome(books: Statements, accountNo: string, stage: Stage): Promise<StageOutcome> {
  const [row] = await books.rows<{ outcome: StageOutcome | null }>(
    'select outcome from customer_stage where account_no = $1 and stage = $2',
    [accountNo, stage],
  );
  if (row?.outcome) return row.outcome;
  throw new HttpProblem(409, 'acting', `The customer of ${accountNo} is acting on ${stage} right now.`);
}

async function carryOut(
  sim: SimContext,
  accountNo: string,
  act: Act,
  occurredAt: string,
): Promise<BillingPayment | undefined> {
  switch (act.act) {
    case 'pay': {
      const { amount, as, webhook } = act;
      return payNow(sim, { accountNo, amount, as, webhook, occurredAt, channel: 'wechat', billIds: [] });
    }
    case 'post':
      return postNow(sim, await lastPayment(sim.books, accountNo, 'in-flight'), 'sent');
    case 'reverse':
      return reverseNow(sim, await lastPayment(sim.books, accountNo, 'posted'), 'sent');
    case 'dispute':
    case 'end-dispute':
      await setDisputed(sim.books, { accountNo }, act.act === 'dispute');
      return undefined;
    case 'write':
      await receiveSms(sim, { from: await phoneOf(sim.books, accountNo), to: '+8695598', text: act.text });
      return undefined;
  }
}

async function lastPayment(
  books: Statements,
  accountNo: string,
  status: 'posted' | 'in-flight',
): Promise<string> {
  const [row] = await books.rows<{ payment_id: string }>(
    `select payment_id from payment where account_no = $1 and status = $2 order by occurred_at desc limit 1`,
    [accountNo, status],
  );
  if (!row) throw new HttpProblem(409, 'no-payment', `Account ${accountNo} has no ${status} payment.`);
  return row.payment_id;
}

async function phoneOf(books: Statements, accountNo: string): Promise<string> {
  const [row] = await books.rows<{ phone: string | null }>(
    `select facts ->> 'phone' as phone from account where account_no = $1`,
    [accountNo],
  );
  if (row?.phone) return row.phone;
  throw new HttpProblem(409, 'no-phone', `Account ${accountNo} has no phone.`);
}
