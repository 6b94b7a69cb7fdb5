import { expect, test } from 'vitest';
import { must, person } from '../support/town/person.ts';
import { begin, caseNow, seen, useTown, walkOn, walkTo, type Story } from '../support/town/story.ts';

const town = useTown();

interface SeenPaper {
  paperKey: string;
  kind: string;
  caseId: string;
  receiptAt: string | null;
}

const papersOf = async (story: Story, state: 'waiting' | 'received') =>
  (
    await must(person(town(), 'liaison-you').get<{ items: SeenPaper[] }>(`/papers?state=${state}&limit=100`))
  ).items.filter(({ caseId }) => caseId === story.caseId);

const IMPORTANT = { customerClass: 'non-resident', category: 'important' } as const;

test.concurrent(
  'L2.gov: an important user is stopped only when the authority has signed for the copy',
  async () => {
    const story = await begin(town(), 'important-user', IMPORTANT);
    await walkTo(story, 'notice-period');
    const [paper] = await papersOf(story, 'waiting');
    expect(paper).toMatchObject({ kind: 'suspension-copy' });
    const held = await town().sim.books.papers();
    expect(held.some(({ paperKey }) => paperKey === paper?.paperKey)).toBe(true);
    await must(
      person(town(), 'liaison-you').post(`/papers/${encodeURIComponent(paper?.paperKey ?? '')}/receipt`, {
        receivedAt: await caseNow(story),
        receivedBy: '发改委收发室',
      }),
    );
    await walkOn(story);
    const view = await seen(story);
    expect(view).toMatchObject({ outcome: 'stopped', stops: [{ classification: 'lawful' }] });
    expect(view.approvals).toMatchObject([
      { status: 'approved', requiredRoles: ['company-head', 'government-liaison'] },
    ]);
  },
);

test.concurrent('L2.gov: without the receipt an important user is not stopped', async () => {
  const story = await begin(town(), 'important-user-no-receipt', IMPORTANT);
  await walkTo(story, 'held');
  const view = await seen(story);
  expect(view).toMatchObject({ status: 'open', stops: [], tickets: [] });
  expect(view.plans).toMatchObject([{ slipReason: 'authority-receipt-missing' }]);
});

test.concurrent('T3.5: large arrears are reported to the authority', async () => {
  const story = await begin(town(), 'large-arrears', {
    customerClass: 'non-resident',
    category: 'non-resident',
    principalFen: 12_000_000,
  });
  await walkTo(story, 'ticket');
  expect(await papersOf(story, 'waiting')).toMatchObject([{ kind: 'large-arrears' }]);
});
