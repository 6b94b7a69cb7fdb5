/** What people outside were told and did, kept by the run itself: the fourth book beside database, engine and district. */
export interface Journal {
  readonly commands: AnsweredCommand[];
  readonly payments: MadePayment[];
  readonly switches: Switched[];
  /** What must not have been answered as it was, found on the spot. */
  readonly wrongAnswers: string[];
  /** How often each thing happened, by its name. */
  readonly happened: Map<string, number>;
}

/** A command that was answered 2xx: whatever it said must be found in the books. */
export interface AnsweredCommand {
  readonly kind: string;
  readonly accountNo: string;
  /** What the answer named: an id, or what it was about. */
  readonly ref: string;
}

export interface MadePayment {
  readonly paymentId: string;
  readonly accountNo: string;
  readonly amountFen: number;
  readonly occurredAt: string;
  /** What billing says of it in the end. */
  status: 'in-flight' | 'posted' | 'reversed';
}

/** Why a crew did what it must not; null = it did as it was permitted. */
export type Breach = 'no-permit' | 'permit-expired' | 'wrong-meter' | 'after-recall' | null;

/** A meter that a crew has really switched off. */
export interface Switched {
  readonly accountNo: string;
  readonly ticketId: string;
  readonly meterNo: string;
  readonly permitId: string | null;
  /** Case time, ISO. */
  readonly at: string;
  readonly breach: Breach;
}

export const newJournal = (): Journal => ({
  commands: [],
  payments: [],
  switches: [],
  wrongAnswers: [],
  happened: new Map(),
});

export function count(journal: Journal, what: string): void {
  journal.happened.set(what, (journal.happened.get(what) ?? 0) + 1);
}
