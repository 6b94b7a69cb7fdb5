import type { Stage } from '../../sim/district/behaviour.ts';
import type { Story } from '../../sim/district/street.ts';
import { quiet } from '../../tools/fast-forward/quiet.ts';
import type { CaseAt } from '../../tools/fast-forward/move-case.ts';
import { ApiRefusal } from '../core/api-client.ts';
import type { CaseView, Page } from '../core/cases.ts';
import { uploadProof } from '../core/proof.ts';
import type { Ticket } from '../core/tickets.ts';
import type { Street } from './street.ts';

const minuteMs = 60_000;
const signers: Readonly<Record<string, string>> = {
  'team-leader': 'leader-zhao',
  'station-head': 'head-qian',
  'marketing-manager': 'manager-sun',
  'company-head': 'company-head-zhu',
  'company-president': 'president-qin',
  'government-liaison': 'liaison-you',
};

/** One household of the demo and its case. */
export interface House {
  /** Stages at which the customer has had a turn. */
  readonly reached: Set<Stage>;
  readonly street: Street;
  readonly story: Story;
  readonly caseId: string;
}

interface Approval {
  readonly approvalId: string;
  readonly status: string;
  readonly requiredRoles: readonly string[];
}

type View = CaseView & { readonly approvals: readonly Approval[] };

/** The whole case as the auditor sees it. */
export const viewOf = ({ street, caseId }: House): Promise<View> =>
  street.as('auditor-lv').get<View>(`/cases/${encodeURIComponent(caseId)}`);

/** Lets carrier, webhooks and outbox come to rest. */
export const rest = ({ street }: House): Promise<boolean> =>
  quiet({ ...street, waiting: street.district.waiting });

/** The customer notices where the procedure is and does what is in them, once for each stage. */
export async function reach(house: House, stage: Stage, nowMs: number): Promise<void> {
  const { street, story, reached } = house;
  if (reached.has(stage)) return;
  reached.add(stage);
  const { accountNo } = story.account;
  const { done } = await street.district.reach(accountNo, stage, new Date(nowMs).toISOString());
  // Who doubts a bill calls 95598 as well; from then on the clock of the dispute runs.
  if (done.some(({ act }) => act === 'dispute')) await street.dispute(accountNo);
  await rest(house);
}

function reachedStages(view: View, at: CaseAt): Stage[] {
  const served = (kind: string): boolean =>
    view.notices.some((one) => one.kind === kind && one.status === 'served');
  const red = view.notices.findLast((one) => one.kind === 'red' && one.status === 'served');
  const stopAtMs = Date.parse(red?.stopAt ?? '');
  const isLastDay = stopAtMs - at.nowMs < 2 * 1440 * minuteMs;
  const stage = at.whereabouts?.stage;
  const candidates: readonly (readonly [Stage, boolean])[] = [
    ['first-dunning', served('first-dunning')],
    ['yellow-notice', served('yellow')],
    ['red-notice', served('red')],
    ['last-payment-day', isLastDay],
    ['work-ticket', view.tickets.some(({ kind }) => kind === 'stop')],
    ['second-notice', stage === 'second-notice'],
    ['crew-driving', stage === 'permit'],
  ];
  return candidates.filter(([, isReached]) => isReached).map(([name]) => name);
}

/** The reader takes the notice to the door, and meets whoever lives there. */
async function serve({ street, story }: House, noticeId: string, kind: string): Promise<void> {
  const reader = street.as(story.account.readerId);
  const { door } = story.behaviour;
  const isFirst = kind === 'serve-first';
  const method =
    door === 'refuses' && !isFirst ? 'refusal' : door === 'absent' || isFirst ? 'photo' : 'signature';
  const proofs = [await uploadProof(reader, Buffer.from(`${method} ${noticeId}`))];
  await reader.post(`/notices/${encodeURIComponent(noticeId)}/services`, {
    body: {
      ...{ method, proofs, meterNo: story.account.meterNo, claimsPaid: door === 'claims-paid' },
      ...(method === 'refusal' && { witness: '网格员 何平', circumstances: '当面拒绝签字' }),
    },
  });
}

async function readerWorks(house: House, view: View, nowMs: number): Promise<void> {
  if (!view.notices.some(({ status }) => status === 'prepared')) return;
  const reader = house.street.as(house.story.account.readerId);
  const tasks = await reader.get<Page<{ kind: string; ref: string; notBefore: string }>>('/tasks', {
    caseId: house.caseId,
  });
  for (const { kind, ref, notBefore } of tasks.items)
    if (kind.startsWith('serve-') && Date.parse(notBefore) <= nowMs) await serve(house, ref, kind);
}

async function leadersSign({ street }: House, view: View): Promise<void> {
  for (const { approvalId, requiredRoles } of view.approvals.filter(({ status }) => status === 'pending'))
    for (const role of requiredRoles)
      await street
        .as(signers[role] ?? 'head-qian')
        .post(`/approvals/${encodeURIComponent(approvalId)}/decisions`, {
          body: { decision: 'approve', reason: '资料齐全，同意' },
        });
}

/** The crew asks for the permit; refused, it does not stop. */
async function crewStops({ street }: House, view: View, nowMs: number): Promise<void> {
  const crew = street.as('crew-wu');
  const open = view.tickets.find(
    ({ kind, status, plannedFrom }) =>
      kind === 'stop' && (status === 'raised' || status === 'dispatched') && Date.parse(plannedFrom) <= nowMs,
  );
  if (open === undefined) return;
  const path = `/tickets/${encodeURIComponent(open.ticketId)}`;
  const { meterNo } = await crew.get<Ticket>(path);
  try {
    const permit = await crew.post<{ permitId: string }>(`${path}/permits`, {
      body: { readMeterNo: meterNo },
    });
    const proofs = [await uploadProof(crew, Buffer.from(`off ${open.ticketId}`))];
    await crew.post(`${path}/executions`, {
      body: { permitId: permit.permitId, meterNo, readingKwh: 4_321, proofs },
    });
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
  }
}

/** Everybody's turn after a step: customer, reader, leaders, crew. @returns true when supply is off */
export async function everybodysTurn(house: House, at: CaseAt): Promise<boolean> {
  await rest(house);
  let view = await viewOf(house);
  const fresh = reachedStages(view, at).filter((stage) => !house.reached.has(stage));
  for (const stage of fresh) await reach(house, stage, at.nowMs);
  if (fresh.length > 0) view = await viewOf(house);
  if (view.status === 'open') {
    await readerWorks(house, view, at.nowMs);
    await leadersSign(house, view);
    if (view.stage === 'permit') {
      await crewStops(house, view, at.nowMs);
      view = await viewOf(house);
    }
    await rest(house);
  }
  return view.stops.some(({ inForce }) => inForce);
}

/** The crew brings the light back and measures voltage, where no remote switch has done it. */
export async function crewRestores(house: House): Promise<void> {
  await rest(house);
  const stop = (await viewOf(house)).stops.find(({ inForce }) => inForce);
  if (stop === undefined) return;
  const crew = house.street.as('crew-wu');
  const proofs = [await uploadProof(crew, Buffer.from(`on ${stop.stopId}`))];
  await crew.post(`/stops/${encodeURIComponent(stop.stopId)}/restored`, {
    body: { proof: { kind: 'voltage', voltagePresent: true }, proofs },
  });
  await rest(house);
}
