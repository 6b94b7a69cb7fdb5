import { text, type Books, type Fault } from './books.ts';

export interface MessageTally {
  readonly carried: number;
  readonly doubled: number;
  /** Mails that came twice under one Message-ID: no mail server can be asked, the receiver shows one. */
  readonly repeatedMails: number;
}

/** Every SMS and call that the carrier carried belongs to one message of ours, and to one alone. */
export async function checkMessages(books: Books): Promise<{ faults: Fault[]; tally: MessageTally }> {
  const ours = await books.db(
    `select message_id, channel, provider_id, status from messages where channel in ('sms', 'call')`,
  );
  const carried = await books.sim(
    `select sid, 'sms' as channel from carrier_message where direction <> 'inbound' union all select sid, 'call' from carrier_call`,
  );
  const owners = new Map<string, string[]>();
  for (const row of ours) {
    const sid = text(row, 'provider_id');
    if (sid !== '') owners.set(sid, [...(owners.get(sid) ?? []), text(row, 'message_id')]);
  }
  const faults: Fault[] = [];
  let doubled = 0;
  for (const row of carried) {
    const of = owners.get(text(row, 'sid')) ?? [];
    if (of.length === 0) {
      doubled += 1;
      faults.push(`${text(row, 'channel')} ${text(row, 'sid')}: carried, and no message of ours knows it`);
    } else if (of.length > 1) faults.push(`${text(row, 'sid')}: ${of.join(' and ')} both believe it theirs`);
  }
  const known = new Set(carried.map((row) => text(row, 'sid')));
  for (const [sid, of] of owners) if (!known.has(sid)) faults.push(`${of.join()}: ${sid} was never carried`);
  const mails = await books.sim(
    'select message_id, count(*)::int as n from mail group by 1 having count(*) > 1',
  );
  const orders = await books.sim(
    `select ticket_id, count(*)::int as n from work_order group by 1 having count(*) > 1`,
  );
  const papers = await books.sim('select paper_key from paper group by 1 having count(*) > 1');
  for (const row of orders) faults.push(`${text(row, 'ticket_id')}: two orders`);
  for (const row of papers) faults.push(`${text(row, 'paper_key')}: two papers`);
  return { faults, tally: { carried: carried.length, doubled, repeatedMails: mails.length } };
}
