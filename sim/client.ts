import type { BillingAccountNow, BillingPayment } from '../systems/billing/port.ts';
import type { DistrictAccountInput } from './billing/account.ts';
import type { ArrearsEncoding } from './billing/arrears-file.ts';
import type { PayInput } from './billing/money.ts';
import type { PhoneBehaviour } from './carrier/behaviour.ts';
import type { CarriedCall, CarriedMessage } from './carrier/control-routes.ts';
import type { Journal } from './control/journal.ts';
import type { HeldRecord, VerdictSwitch } from './credit-platform/records.ts';
import type { CustomerBehaviour, CustomerBehaviourInput, Stage } from './district/behaviour.ts';
import type { CrewBehaviour } from './district/crews.ts';
import type { StageOutcome } from './district/customers.ts';
import type { Story } from './district/street.ts';
import type { Fault, FaultSpec } from './faults/fault.ts';
import type { CrewOrder, OrderStatus } from './field-work/orders.ts';
import type { HeldPaper, ReceiptSwitch } from './government/papers.ts';
import type { WechatNote } from './wechat/official-account.ts';
import { requestJson, requestBytes } from './http/request.ts';
import type { Person, PersonInput } from './identity/people.ts';
import type { ReceivedMail } from './mail/control-routes.ts';
import type { MeterState } from './meters/meters.ts';
import type { MeterPort } from '../systems/meter/port.ts';

type MeterReading = Awaited<ReturnType<MeterPort['read']>>;

/** The control routes of a district, typed; every function throws Error with the district's own words when it refuses. */
export type SimClient = ReturnType<typeof simClient>;

/** Speaks to the control routes of the district at `origin` and signs its people in. */
export function simClient(origin: string) {
  const get = <Answer>(path: string): Promise<Answer> => requestJson('GET', `${origin}${path}`);
  const post = <Answer>(path: string, body?: unknown): Promise<Answer> =>
    requestJson('POST', `${origin}${path}`, body);
  const items = async <Item>(path: string): Promise<Item[]> => (await get<{ items: Item[] }>(path)).items;
  return {
    origin,
    ...peopleClient(origin, post, items),
    ...moneyClient(origin, get, post),
    ...customerClient(post, get),
    faults: {
      add: (spec: FaultSpec) => post<Fault>('/control/faults', spec),
      list: () => items<Fault>('/control/faults'),
      /** Ends one fault, or all of them. */
      remove: (id?: number) =>
        requestJson<{ ended: number }>(
          'DELETE',
          `${origin}/control/faults${id === undefined ? '' : `/${id}`}`,
        ),
    },
    books: {
      all: () => get<Journal>('/control/books'),
      messages: (phone?: string) => items<CarriedMessage>(`/control/carrier/messages${query({ phone })}`),
      calls: (phone?: string) => items<CarriedCall>(`/control/carrier/calls${query({ phone })}`),
      mails: (to?: string) => items<ReceivedMail>(`/control/mail/messages${query({ to })}`),
      wechat: () => items<WechatNote>('/control/wechat/messages'),
      orders: (status?: OrderStatus) => items<CrewOrder>(`/control/field-work/orders${query({ status })}`),
      papers: () => items<HeldPaper>('/control/government/papers'),
      creditRecords: () => items<HeldRecord>('/control/credit-platform/records'),
    },
    crew: {
      /** How the crew of a ticket works, by seed. */
      behaviour: (ticketId: string, seed?: string) =>
        get<CrewBehaviour>(`/control/crews/${encodeURIComponent(ticketId)}${query({ seed })}`),
      move: (ticketId: string, status: 'accepted' | 'done') =>
        post<CrewOrder>(`/control/field-work/orders/${encodeURIComponent(ticketId)}/status`, { status }),
      device: (mode: 'online' | 'device-offline', ticketId?: string) =>
        post<unknown>('/control/field-work/device', { mode, ticketId }),
    },
    meters: {
      set: (meterNo: string, state: MeterState) => post<MeterReading>(`/control/meters/${meterNo}`, state),
      operate: (meterNo: string, relay: 'open' | 'closed') =>
        post<MeterReading>(`/control/meters/${meterNo}/operate`, { relay }),
    },
    government: {
      receipts: (value: ReceiptSwitch) => post<unknown>('/control/government/receipts', value),
      sign: (paperKey: string, given: { receivedAt?: string; receivedBy?: string } = {}) =>
        post<unknown>(`/control/government/papers/${encodeURIComponent(paperKey)}/sign`, given),
    },
    wechat: {
      /** These customers have blocked the official account. */
      block: (openIds: string[]) => post<unknown>('/control/wechat/blocked', { openIds }),
    },
    creditPlatform: {
      verdicts: (value: VerdictSwitch) => post<unknown>('/control/credit-platform/verdicts', value),
    },
    setClockOffset: (offsetMs: number) => post<{ now: string }>('/control/clock', { offsetMs }),
    setPublicUrl: (publicUrl: string) => post<{ publicUrl: string }>('/control/public-url', { publicUrl }),
    /** How many things the district still has to do: messages to deliver, calls to place, webhooks to send. */
    waiting: async () => (await get<{ waiting: number }>('/control/agenda')).waiting,
    /** Empties the district; people, secrets and keys stay. */
    reset: () => post<void>('/control/reset'),
  };
}

type Get = <Answer>(path: string) => Promise<Answer>;
type Post = <Answer>(path: string, body?: unknown) => Promise<Answer>;
type Items = <Item>(path: string) => Promise<Item[]>;

function peopleClient(origin: string, post: Post, items: Items) {
  return {
    /** Access token of a person, good for an hour. */
    token: async (personId: string): Promise<string> => {
      const response = await fetch(`${origin}/idp/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: personId,
          client_secret: `${personId}-secret`,
        }),
      });
      const answer = (await response.json()) as { access_token?: string; error?: string };
      if (answer.access_token === undefined) throw new Error(`${personId}: ${answer.error ?? 'no token'}`);
      return answer.access_token;
    },
    people: () => items<Person>('/control/people'),
    addPeople: (people: readonly PersonInput[]) => post<{ people: number }>('/control/people', { people }),
  };
}

function moneyClient(origin: string, get: Get, post: Post) {
  return {
    /** Makes accounts and bills known, or replaces what is known of them. */
    seed: (accounts: readonly DistrictAccountInput[]) =>
      post<{ accounts: number }>('/control/billing/accounts', { accounts }),
    seedDistrict: (plan: { seed?: string; accounts: number; today: string }) =>
      post<{ accounts: number; bills: number }>('/control/district', plan),
    seedStreet: async (street: { today: string; dueDaysAgo?: number }) =>
      (await post<{ items: Story[] }>('/control/street', street)).items,
    accountNow: (accountNo: string) => get<BillingAccountNow>(`/control/billing/accounts/${accountNo}/now`),
    /** Money arrives, by default all that is open, posted, with a webhook. */
    pay: (payment: PayInput) => post<BillingPayment>('/control/billing/payments', payment),
    /** Billing posts money that was in flight. */
    postInFlight: (paymentId: string, webhook: 'sent' | 'lost' = 'sent') =>
      post<BillingPayment>(`/control/billing/payments/${encodeURIComponent(paymentId)}/post`, { webhook }),
    reverse: (paymentId: string, webhook: 'sent' | 'lost' = 'sent') =>
      post<BillingPayment>(`/control/billing/payments/${encodeURIComponent(paymentId)}/reverse`, { webhook }),
    setDisputed: (billId: string, disputed: boolean) =>
      post<unknown>(`/control/billing/bills/${encodeURIComponent(billId)}`, { disputed }),
    /** The arrears file as billing exports it; the token is BILLING_TOKEN. */
    arrearsFile: (token: string, encoding: ArrearsEncoding = 'utf-8') =>
      requestBytes(`${origin}/billing/export/arrears.csv?encoding=${encoding}`, token),
  };
}

function customerClient(post: Post, get: Get) {
  return {
    /** Sets a customer's whole behaviour, and that of the phone when it is given. */
    behaviour: (accountNo: string, behaviour: CustomerBehaviourInput, phone: string | null = null) =>
      post<CustomerBehaviour>(`/control/customers/${accountNo}`, { phone, behaviour }),
    behaviourOf: (accountNo: string) => get<CustomerBehaviour>(`/control/customers/${accountNo}`),
    /** Sets only how a phone treats messages and calls. */
    phone: (behaviour: PhoneBehaviour) => post<unknown>('/control/carrier/behaviour', behaviour),
    /** Tells a customer that a stage is reached; what they do then is done once, at `occurredAt`. */
    reach: (accountNo: string, stage: Stage, occurredAt?: string) =>
      post<StageOutcome>(`/control/customers/${accountNo}/stages/${stage}`, { occurredAt }),
    /** A customer writes to us. */
    writeSms: (from: string, text: string) =>
      post<{ sid: string }>('/control/carrier/inbound', { from, text }),
  };
}

function query(parameters: Record<string, string | undefined>): string {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
