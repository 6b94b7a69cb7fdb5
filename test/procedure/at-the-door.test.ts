import { expect, test } from 'vitest';
import { reportWorkflowId } from '../../workflows/messages.ts';
import { desk } from '../support/town/facts.ts';
import { must, person } from '../support/town/person.ts';
import { begin, pay, seen, soon, useTown, walkOn, walkTo, type Story } from '../support/town/story.ts';
import { photo, quiet, serveWithSignature, type Turn } from '../support/town/walk.ts';

const town = useTown();
const DAY_MS = 86_400_000;

interface Served {
  serviceId: string;
  counts: boolean;
  reasons: { code: string }[];
  stopAt?: string;
}

async function serve(turn: Turn, noticeId: string, how: Record<string, unknown>): Promise<Served> {
  return must(
    turn.reader.post<Served>(`/notices/${encodeURIComponent(noticeId)}/services`, {
      meterNo: turn.account.meterNo,
      proofs: [await photo(turn.town)],
      ...how,
    }),
  );
}

const reportOf = async (serviceId: string, state: 'waiting' | 'acknowledged') =>
  (await desk(town(), 'head-qian').reports(state)).find(({ subjectId }) => subjectId === serviceId);

test.concurrent(
  'T2.2: a refusal to sign counts with a witness, and is reported upward until a leader has seen it',
  async () => {
    const story = await begin(town(), 'refused-to-sign');
    const answers: Served[] = [];
    await walkOn(story, {
      serve: async (turn, task) => {
        if (task.kind !== 'serve-red') return serveWithSignature(turn, task);
        answers.push(await serve(turn, task.ref, { method: 'refusal' }));
        answers.push(
          await serve(turn, task.ref, {
            method: 'refusal',
            witness: '居委会王主任',
            circumstances: '拒绝签收，当面说明停电时间',
          }),
        );
      },
    });
    expect(answers[0]).toMatchObject({ counts: false });
    expect(answers[1]).toMatchObject({ counts: true, reasons: [] });
    const view = await seen(story);
    expect(view).toMatchObject({ outcome: 'stopped' });
    expect(view.stops[0]?.occurredAt.slice(0, 10)).toBe(answers[1]?.stopAt?.slice(0, 10));

    const serviceId = answers[1]?.serviceId ?? '';
    const workflowId = reportWorkflowId('refusal', serviceId);
    await town().engine.fastForward(workflowId, DAY_MS + 60_000);
    const report = await reportOf(serviceId, 'waiting');
    expect(report).toMatchObject({ subject: 'refusal', rung: 2, toRoles: ['team-leader', 'station-head'] });
    await desk(town(), 'head-qian').acknowledge(report?.reportId ?? '');
    const { running } = await soon(
      () => town().engine.clock(workflowId),
      (clock) => !clock.running,
    );
    expect(running).toBe(false);
    expect(await reportOf(serviceId, 'acknowledged')).toMatchObject({ acknowledgedBy: 'head-qian' });
  },
);

test.concurrent(
  'T1.2, T2.6: who says at the door that it is paid is believed until it is checked',
  async () => {
    const story = await begin(town(), 'claims-to-have-paid');
    let claimed = false;
    await walkTo(story, (turn) => turn.stage === 'held', {
      serve: async (turn, task) => {
        if (task.kind !== 'serve-red') return serveWithSignature(turn, task);
        const answer = await serve(turn, task.ref, { method: 'signature', claimsPaid: true });
        claimed = true;
        expect(answer).toMatchObject({ counts: false, reasons: [{ code: 'claims-paid' }] });
      },
    });
    expect(claimed).toBe(true);
    await walkOn(story, {}, 20);
    const held = await seen(story);
    expect(held).toMatchObject({ status: 'open', stage: 'held', stops: [], tickets: [] });
    expect(held.plans).toMatchObject([{ slipReason: 'hold:claimed-payment' }]);
    const [hold] = held.holds;
    await desk(town(), 'clerk-chen').endHold(hold?.holdId ?? '', 'claim-checked', '系统无此缴费');
    await walkOn(story);
    expect(await seen(story)).toMatchObject({ outcome: 'stopped', attempt: 2 });
  },
);

/** Nobody of this customer signs, answers or opens anything: what proves service is a photo. */
const beginSilent = (name: string): Promise<Story> =>
  begin(town(), name, { calls: { call: ['no-answer'], sms: 'delivered' } });
const serveByPhoto = async (turn: Turn, task: { ref: string }) => {
  await serve(turn, task.ref, { method: 'photo' });
};

test.concurrent('T3.6: where nobody is known to know, a senior decides before the stop', async () => {
  const story = await beginSilent('nobody-knows-senior-decides');
  await walkTo(story, 'ticket', { serve: serveByPhoto });
  const { items } = await must(
    person(town(), 'head-qian').get<{ items: { kind: string; ref: string }[] }>(
      `/tasks?caseId=${story.caseId}`,
    ),
  );
  expect(items.map(({ kind }) => kind)).toContain('somebody-knows');
  await desk(town(), 'head-qian').decideForSilent(story.caseId, 'go-ahead', '两次上门均见有人，拒不应答');
  await walkOn(story, { serve: serveByPhoto });
  const view = await seen(story);
  expect(view).toMatchObject({ outcome: 'stopped', attempt: 1 });
  expect(view.messages.filter(({ purpose }) => purpose === 'second-notice')).toHaveLength(3);
  expect(view.past.find(({ action }) => action === 'senior.decided')).toMatchObject({ actor: 'head-qian' });
});

test.concurrent('T3.6: where nobody is known to know and nobody decides, nothing is stopped', async () => {
  const story = await beginSilent('nobody-knows-nobody-decides');
  await walkTo(story, 'held', { serve: serveByPhoto });
  const view = await seen(story);
  expect(view).toMatchObject({ status: 'open', stops: [] });
  expect(view.plans).toMatchObject([{ slipReason: 'nobody-known-to-know' }]);
  await pay(story);
  await walkOn(story);
  expect(await seen(story)).toMatchObject({ outcome: 'paid' });
});

test.concurrent(
  'L8: the first dunning to an agreed address is served by its receipt, without a visit',
  async () => {
    const story = await begin(town(), 'dunned-by-agreed-sms', { agreedChannel: 'sms' });
    await walkTo(story, 'yellow-service');
    const view = await seen(story);
    expect(view.messages).toMatchObject([{ channel: 'sms', purpose: 'first-dunning', status: 'delivered' }]);
    expect(view.notices[0]).toMatchObject({ kind: 'first-dunning', status: 'served' });
    const [sms] = await town().sim.books.messages(story.account.phone);
    expect(sms?.text).toContain('电费');
  },
);

test.concurrent('L8: an SMS without a receipt is not served; then somebody goes there', async () => {
  const story = await begin(town(), 'dunned-by-visit-after-sms', {
    agreedChannel: 'sms',
    calls: { sms: 'never' },
  });
  await walkTo(story, 'yellow-service');
  await quiet(town());
  const view = await seen(story);
  expect(view.notices.filter(({ kind }) => kind === 'first-dunning')).toMatchObject([
    { attempt: 1, status: 'prepared' },
    { attempt: 2, status: 'served' },
  ]);
});
