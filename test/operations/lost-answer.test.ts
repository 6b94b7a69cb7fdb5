import { expect, test } from 'vitest';
import type { ActivityDeps } from '../../activities/deps.ts';
import { sendMessage } from '../../activities/outbound/send-message.ts';
import { wholeCompany } from '../../db/database.ts';
import { realSystems } from '../../systems/assemble-real.ts';
import { newAccount } from '../support/town/account.ts';
import { begin, soon, useTown, walkOn } from '../support/town/story.ts';
import { COMPANY, rowsOf } from '../support/town/town.ts';

const town = useTown();

test('T2.0: a message that the carrier took, whose answer was lost and of which no receipt ever comes, is not sent again', async () => {
  await town().sim.faults.add({ system: 'carrier', fault: 'drop-after-accept', times: 1 });
  const story = await begin(town(), 'lost-answer', { agreedChannel: 'sms', calls: { sms: 'never' } });
  await walkOn(story, {}, 1);
  const { accountId, phone } = story.account;
  const [message] = await soon(
    () =>
      rowsOf<{ status: string; providerId: string }>(
        town(),
        `select status, provider_id as "providerId" from messages where account_id = $1`,
        [accountId],
      ),
    ([one]) => one?.status === 'sent',
  );
  const carried = await town().sim.books.messages(phone);
  expect(carried).toHaveLength(1);
  expect(message).toEqual({ status: 'sent', providerId: carried[0]?.sid });
});

test('T2.4: who is called twice within moments hears both; a lost answer never takes the one call for the other', async () => {
  const { accountId, phone } = await newAccount(town(), {});
  const { db, vault, settings } = town();
  const deps = {
    db,
    vault,
    systems: realSystems(settings),
    publicUrl: town().apiUrl,
  } as unknown as ActivityDeps;
  // The second was on its way when its worker died, before the carrier heard of it.
  for (const [messageId, status] of [
    ['call-of-the-one', 'prepared'],
    ['call-of-the-other', 'sending'],
  ] as const)
    await db.tx(wholeCompany(COMPANY), (tx) =>
      tx.run(
        `insert into messages (message_id, company_id, centre_id, account_id, message_key, channel, purpose, address_enc, text_enc, status,
                               occurred_at, sending_at)
         select $1, company_id, centre_id, account_id, $1, 'call', 'before-stop', $3, $4, $2, now(), case when $2 = 'sending' then now() end
           from accounts where account_id = $5`,
        [messageId, status, vault.seal(phone), vault.sealJson({ text: '即将停电' }), accountId],
      ),
    );
  for (const messageId of ['call-of-the-one', 'call-of-the-other'])
    await sendMessage(deps)({ companyId: COMPANY, messageId });
  const known = await rowsOf<{ providerId: string }>(
    town(),
    `select provider_id as "providerId" from messages where account_id = $1 order by message_id`,
    [accountId],
  );
  const placed = await town().sim.books.calls(phone);
  expect(placed).toHaveLength(2);
  expect(known.map(({ providerId }) => providerId).sort()).toEqual(placed.map(({ sid }) => sid).sort());
});
