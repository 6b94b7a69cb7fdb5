import { ActivityFailure, condition, defineQuery, defineSignal, log, setHandler } from '@temporalio/workflow';
import type { CaseLook, CaseMoment, Seen } from '../../activities/contract.ts';
import {
  FACT_SIGNAL,
  WHEREABOUTS,
  type CaseInput,
  type CaseOutcome,
  type FactSignal,
  type Stage,
  type Whereabouts,
} from '../messages.ts';
import {
  own as ownSteps,
  live,
  liveForReminders,
  remote,
  papers,
  outbound,
  outboundForReminders,
  reminders,
} from './doors.ts';
import { oneAtATime } from '../one-at-a-time.ts';

/** The case is over: thrown from any wait, caught once, at the end of the procedure. */
export class CaseEnds extends Error {
  readonly outcome: CaseOutcome;
  readonly why: string;
  constructor(outcome: CaseOutcome, why: string) {
    super(`case ends: ${outcome}`);
    this.outcome = outcome;
    this.why = why;
  }
}

/** This attempt cannot go on: new day, new approval, new red notice; the yellow one stands. */
export class AttemptSlips extends Error {
  readonly why: string;
  constructor(why: string) {
    super(`attempt slips: ${why}`);
    this.why = why;
  }
}

export const factSignal = defineSignal<[FactSignal]>(FACT_SIGNAL);
export const whereaboutsQuery = defineQuery<Whereabouts>(WHEREABOUTS);

export interface CaseContext {
  readonly own: typeof ownSteps;
  readonly live: typeof live;
  readonly remote: typeof remote;
  readonly liveForReminders: typeof live;
  readonly papers: typeof papers;
  readonly reminders: typeof reminders;
  readonly input: CaseInput;
  stage: Stage;
  attempt: number;
  withdrawn: string | null;
  /** Case time, epoch ms. */
  nowMs(): number;
  moment(): CaseMoment;
  /** Waits until the case time or until a fact makes `ready` answer; ends or slips by exception. */
  waitUntil<T>(untilMs: number | null, ready: (look: CaseLook) => T | undefined): Promise<T | undefined>;
  /** Reads the facts now and leaves by exception if they end or stop the attempt. */
  heed(): Promise<CaseLook>;
  /** Reads billing live and heeds what it brought; false = unreachable, which is not permission. */
  readBilling(): Promise<boolean>;
  /** Asks for an act that looks before its step; asked again once what stood in the way has been sat out. */
  step<A>(ask: (moment: CaseMoment) => Promise<Seen<A>>): Promise<A>;
  /** The same for an act that reads billing before its step; null = out of reach, which is not permission. */
  stepOnBilling<A>(ask: (moment: CaseMoment) => Promise<Seen<A>>): Promise<A | null>;
  /** Hands a prepared message over; one that cannot be sent stays visible as unsent and proves nothing. */
  send(messageId: string): Promise<void>;
  /** Gives a ticket to the crew system; out of reach is a slip. */
  dispatch(ticketId: string): Promise<void>;
  /** Makes the waits look again (a command changed something). */
  wake(): void;
}

/** Holds that nobody set and nobody ends: billing does, so billing is asked. */
const BILLING_KNOWS: ReadonlySet<string> = new Set(['disputed-in-billing', 'money-in-flight']);

/** Setup of a case: its clock, its handlers, its waits. */
export function caseContext(input: CaseInput): CaseContext {
  // Answers to people are decided beside the procedure.
  const own = oneAtATime(ownSteps);
  let facts = 0;
  // Facts that the last look has already seen: one that arrives during a look is looked at again.
  let heeded = 0;
  let nextWakeMs: number | null = null;
  const inAttempt = (): boolean => context.attempt > 0;
  /** From the ticket on it is a matter of minutes. */
  const isBeforeTheStop = (): boolean => ['ticket', 'second-notice', 'permit'].includes(context.stage);
  const nowMs = (): number => Date.now() + input.clockOffsetMs;

  async function look(): Promise<CaseLook> {
    if (context.withdrawn !== null) throw new CaseEnds('withdrawn', context.withdrawn);
    heeded = facts;
    return endedOr(await own.look(context.moment()));
  }
  function endedOr(found: CaseLook): CaseLook {
    // Also when the crew's report comes late: what was stopped was stopped.
    if (found.executed) throw new CaseEnds('stopped', 'executed');
    if (found.ending !== null) throw new CaseEnds(found.ending, 'facts');
    return found;
  }
  /** Sleeps until a fact arrives or the time is there; true = a fact. */
  async function sleepOrFact(untilMs: number | null): Promise<boolean> {
    nextWakeMs = untilMs;
    const woken = () => facts > heeded || context.withdrawn !== null;
    if (untilMs === null) {
      await condition(woken);
      return true;
    }
    return untilMs > nowMs() ? condition(woken, untilMs - nowMs()) : woken();
  }
  /** An act that looks: a fact that arrives meanwhile may be younger than its look. */
  async function looking<T>(ask: (moment: CaseMoment) => Promise<T>): Promise<T> {
    const before = facts;
    const answer = await ask(context.moment());
    heeded = before;
    return answer;
  }
  /** The same outside; null = out of reach. */
  async function reaching<T>(ask: (moment: CaseMoment) => Promise<T>): Promise<T | null> {
    try {
      return await looking(ask);
    } catch (error) {
      if (error instanceof ActivityFailure) return null;
      throw error;
    }
  }
  /** Billing into our books, and what they say then; null = out of reach. */
  const refresh = (): Promise<CaseLook | null> =>
    reaching((moment) => (isBeforeTheStop() ? live : liveForReminders).readBillingNow(moment));
  async function heedSeen(found: CaseLook): Promise<void> {
    if (context.withdrawn !== null) throw new CaseEnds('withdrawn', context.withdrawn);
    await follow(endedOr(found));
  }
  /** Outside an attempt a hold only delays: wait until it is over. What billing alone knows is asked of billing. */
  async function sitOut(found: CaseLook): Promise<void> {
    let current = found;
    while (current.hold !== null) {
      await sleepOrFact(current.hold.untilMs);
      if (BILLING_KNOWS.has(current.hold.kind)) await refresh();
      current = await look();
    }
  }
  const heed = async (): Promise<CaseLook> => follow(await look());
  async function follow(found: CaseLook): Promise<CaseLook> {
    if (found.hold !== null && inAttempt()) throw new AttemptSlips(`hold:${found.hold.kind}`);
    if (found.hold !== null) await sitOut(found);
    if (found.slip !== null && inAttempt()) throw new AttemptSlips(found.slip);
    return found;
  }

  const context: CaseContext = {
    own,
    live,
    remote,
    liveForReminders,
    papers,
    reminders,
    input,
    stage: 'opening',
    attempt: 0,
    withdrawn: null,
    nowMs,
    moment: () => ({
      companyId: input.companyId,
      centreId: input.centreId,
      accountId: input.accountId,
      caseId: input.caseId,
      attempt: context.attempt,
      nowMs: nowMs(),
      inStage: context.stage,
    }),
    heed,
    async readBilling() {
      const found = await refresh();
      if (found === null) return false;
      await heedSeen(found);
      return true;
    },
    async step(ask) {
      for (;;) {
        const { look: found, answer } = await looking(ask);
        await heedSeen(found);
        if (answer !== null) return answer;
      }
    },
    async stepOnBilling(ask) {
      for (;;) {
        const seen = await reaching(ask);
        if (seen === null) return null;
        await heedSeen(seen.look);
        if (seen.answer !== null) return seen.answer;
      }
    },
    async send(messageId) {
      try {
        const sender = isBeforeTheStop() ? outbound : outboundForReminders;
        await sender.sendMessage({ companyId: input.companyId, messageId });
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        log.warn('message not sent', { messageId });
      }
    },
    async dispatch(ticketId) {
      try {
        await live.dispatchTicket({ companyId: input.companyId, ticketId });
      } catch (error) {
        if (error instanceof ActivityFailure) throw new AttemptSlips('crew-system-unreachable');
        throw error;
      }
    },
    wake: () => {
      facts += 1;
    },
    async waitUntil(untilMs, ready) {
      for (;;) {
        const isFact = await sleepOrFact(untilMs);
        if (!isFact) return undefined;
        const answer = ready(await heed());
        if (answer !== undefined) return answer;
      }
    },
  };
  setHandler(factSignal, () => context.wake());
  setHandler(whereaboutsQuery, () => ({
    stage: context.stage,
    attempt: context.attempt,
    nowMs: nowMs(),
    nextWakeMs,
  }));
  return context;
}
