import { expect, test } from 'vitest';
import { begin, soon, useTown, walkOn } from '../support/town/story.ts';
import { rowsOf } from '../support/town/town.ts';

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
