import { expect, test } from 'vitest';
import { newAccount } from '../support/town/account.ts';
import { soon, useTown } from '../support/town/story.ts';
import { rowsOf } from '../support/town/town.ts';
import { launch } from '../support/town/walk.ts';

const town = useTown();

test('T2.0: a message that the carrier took, whose answer was lost and of which no receipt ever comes, is not sent again', async () => {
  const account = await newAccount(town(), { agreedChannel: 'sms' });
  const { phone } = account;
  await town().sim.phone({ phone, sms: 'never' });
  await town().sim.faults.add({
    ...{ system: 'carrier', fault: 'drop-after-accept', times: 1, match: { phone } },
  });
  await launch(town(), account);
  const [message] = await soon(
    () =>
      rowsOf<{ status: string; providerId: string }>(
        town(),
        `select status, provider_id as "providerId" from messages where account_id = $1`,
        [account.accountId],
      ),
    ([one]) => one?.status === 'sent',
  );
  const carried = await town().sim.books.messages(phone);
  expect(carried).toHaveLength(1);
  expect(message).toEqual({ status: 'sent', providerId: carried[0]?.sid });
});
