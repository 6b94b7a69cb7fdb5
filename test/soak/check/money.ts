import { ms, number, text, type Books, type Fault } from './books.ts';

/** No payment is forgotten, none is made up: billing's own books, the run's journal and the database say the same. */
export async function checkMoney(books: Books): Promise<{ faults: Fault[]; payments: number }> {
  const ours = await books.db(
    `select payment_id, account_no, amount_fen, array_agg(status) as statuses, max(occurred_at) as occurred_at
       from payments join accounts using (account_id) group by 1, 2, 3`,
  );
  const theirs = await books.sim(
    'select payment_id, account_no, amount_fen, status, occurred_at from payment',
  );
  const known = new Map(ours.map((row) => [text(row, 'payment_id'), row]));
  const faults: Fault[] = [];
  for (const theirsOne of theirs) {
    const id = text(theirsOne, 'payment_id');
    const status = text(theirsOne, 'status');
    const mine = known.get(id);
    known.delete(id);
    // Money in flight is seen by a live look alone; where nobody looked any more, nobody has to know it yet.
    if (mine === undefined && status === 'in-flight') continue;
    if (mine === undefined) {
      faults.push(`${id}: billing has it ${status}, and it is forgotten`);
      continue;
    }
    const statuses = mine['statuses'] as string[];
    if (status !== 'in-flight' && !statuses.includes(status))
      faults.push(`${id}: ${status} there, ${statuses.join()} here`);
    if (number(mine, 'amount_fen') !== number(theirsOne, 'amount_fen')) faults.push(`${id}: another amount`);
    if (text(mine, 'account_no') !== text(theirsOne, 'account_no')) faults.push(`${id}: another account`);
    if (ms(mine, 'occurred_at') !== ms(theirsOne, 'occurred_at')) faults.push(`${id}: another time`);
  }
  faults.push(...[...known.keys()].map((id) => `${id}: billing does not know it`));
  const told = new Map(theirs.map((row) => [text(row, 'payment_id'), text(row, 'status')]));
  for (const one of books.journal.payments)
    if (told.get(one.paymentId) !== one.status)
      faults.push(`${one.paymentId}: the customer paid, and billing differs`);
  faults.push(...(await paidXorPermitted(books)), ...(await mirrored(books)));
  return { faults, payments: theirs.length };
}

/** A permit and a payment that was known before it exclude each other. */
async function paidXorPermitted(books: Books): Promise<Fault[]> {
  const both = await books.db(
    `select p.permit_id, m.payment_id from permits p
       join notices n on n.case_id = p.case_id and n.attempt = p.attempt and n.kind = 'red'
       join payments m on m.account_id = p.account_id and m.status <> 'reversed'
        and m.recorded_at >= n.recorded_at and m.recorded_at < p.recorded_at
        and m.occurred_at >= n.served_at
      where not exists (select from payments r where r.payment_id = m.payment_id and r.status = 'reversed'
                           and r.recorded_at < p.recorded_at)`,
  );
  return both.map(
    (row) => `${text(row, 'permit_id')}: granted although ${text(row, 'payment_id')} was known`,
  );
}

/** No bill in the mirror is paid more than it is, and none says less than billing where nothing is in flight. */
async function mirrored(books: Books): Promise<Fault[]> {
  // Where no case runs, nothing is in force and none ended as paid, the next import brings the mirror up to date.
  const ours = await books.db(
    `select bill_id, principal_fen, paid_fen from bills b
      where exists (select from cases c where c.account_id = b.account_id and (c.status = 'open' or c.outcome = 'paid'))
         or exists (select from stops s where s.account_id = b.account_id and s.in_force)`,
  );
  const theirs = await books.sim(
    `select b.bill_id, b.principal_fen,
            least(b.principal_fen, b.opening_paid_fen + coalesce(sum(a.amount_fen) filter (where p.status = 'posted'), 0)) as paid_fen,
            exists (select from payment f where f.account_no = b.account_no and f.status <> 'posted') as moving
       from bill b left join allocation a using (bill_id) left join payment p using (payment_id)
      group by b.bill_id`,
  );
  const known = new Map(ours.map((row) => [text(row, 'bill_id'), row]));
  return theirs.flatMap((row) => {
    const mine = known.get(text(row, 'bill_id'));
    if (mine === undefined || row['moving'] === true) return [];
    return number(mine, 'paid_fen') === number(row, 'paid_fen')
      ? []
      : [
          `${text(row, 'bill_id')}: ${number(row, 'paid_fen')} fen paid there, ${number(mine, 'paid_fen')} here`,
        ];
  });
}
