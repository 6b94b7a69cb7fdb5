import type { CreditRunInput } from '../../workflows/messages.ts';

export interface RunAt {
  companyId: string;
  runId: string;
}

export interface RunStep {
  done: number;
  total: number;
  finished: boolean;
}

/** Grading on the batch queue: full activities, so that a long statement is nobody's workflow task. */
export interface CreditActivities {
  /** Opens the run under its id; the month unless told is the one before this. */
  openCreditRun(input: CreditRunInput & { runId: string }): Promise<RunStep>;
  /** One stretch of accounts; an account that cannot be judged is noted and passed over. */
  judgeStretch(at: RunAt & { size: number }): Promise<RunStep>;
  setCreditRunStatus(at: RunAt & { status: 'running' | 'paused' | 'done' | 'cancelled' }): Promise<void>;
  /** Writes the reminders of one page of customers who are yellow and were not reminded of it (H2). */
  prepareReminders(at: RunAt & { after: string }): Promise<{ next: string | null }>;
  /** Whoever changed since the last look is judged anew (K5.3); `more`: call again. */
  workOffCreditDue(at: { companyId: string }): Promise<{ judged: number; more: boolean }>;
  /** Offers whose time is over, works that are near: what the day brings. */
  keepMeasures(at: { companyId: string }): Promise<{ lapsed: number; told: number }>;
}

/** Messages of credit leave like all others, a page in one activity. */
export interface CreditOutboundActivities {
  sendCreditMessages(at: {
    companyId: string;
    after: string;
  }): Promise<{ sent: number; next: string | null }>;
}
