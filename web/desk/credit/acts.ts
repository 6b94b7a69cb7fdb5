/** What an act asks of a person, and where it goes. */
export interface ActSpec {
  /** Last part of the address. */
  readonly verb: string;
  /** The field that the choice goes into, with its values. */
  readonly choice?: { readonly field: string; readonly values: readonly string[] };
  /** The field of the words. */
  readonly words?: 'reason' | 'words';
  /** What was found of the correction (K7.2). */
  readonly asksCorrection?: boolean;
  /** Which records were found wrong (L5). */
  readonly asksRecords?: boolean;
  /** Sent as it is. */
  readonly fixed?: Readonly<Record<string, string>>;
  readonly isDanger?: boolean;
}

export type MatterName = 'downgrades' | 'objections' | 'repairs' | 'exports';

/** By kind of matter and the action that the API names. */
export const ACTS: Readonly<Record<MatterName, Readonly<Record<string, ActSpec>>>> = {
  downgrades: {
    decide: {
      verb: 'decisions',
      choice: { field: 'decision', values: ['approve', 'refuse'] },
      words: 'reason',
      isDanger: true,
    },
    reply: { verb: 'replies', words: 'words' },
    'answer-reply': {
      verb: 'answers',
      choice: { field: 'answer', values: ['stands', 'withdrawn'] },
      words: 'reason',
    },
  },
  objections: {
    decide: {
      verb: 'decisions',
      choice: { field: 'decision', values: ['upheld', 'partly-upheld', 'rejected'] },
      words: 'reason',
      asksRecords: true,
    },
    'check-outside': { verb: 'outside-checks', words: 'reason' },
    withdraw: { verb: 'decisions', fixed: { decision: 'withdrawn' }, words: 'reason' },
  },
  repairs: {
    verify: { verb: 'verifications', asksCorrection: true, words: 'reason' },
    decide: {
      verb: 'decisions',
      choice: { field: 'decision', values: ['granted', 'refused'] },
      words: 'reason',
    },
    withdraw: { verb: 'decisions', fixed: { decision: 'withdrawn' }, words: 'reason' },
  },
  exports: {
    approve: { verb: 'approvals' },
    withdraw: {
      verb: 'withdrawal',
      choice: { field: 'cause', values: ['mistake', 'repaired', 'basis-ended', 'no-longer-true'] },
      isDanger: true,
    },
  },
};
