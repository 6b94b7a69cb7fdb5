import { z } from 'zod';

const sentence = z.object({ zh: z.string(), en: z.string() }).meta({ id: 'Sentence' });
const row = z.record(z.string(), z.unknown());
const when = z.string().nullable();

export const gradeLine = z
  .object({
    month: z.string(),
    asOf: z.string(),
    grade: z.string(),
    code: z.string(),
    watch: z.boolean(),
    colour: z.string(),
    colourCode: z.string(),
    oldestDays: z.int(),
    owedFen: z.int(),
    lateBills: z.int(),
    bills: z.int(),
    offenceOn: z.string().nullable(),
    customerSince: z.string().nullable(),
    deferred: z.boolean(),
    policyVersion: z.string(),
    cause: z.string(),
    recordedAt: z.string(),
    why: sentence,
    colourWhy: sentence,
  })
  .meta({ id: 'GradeLine' });

/** A month judged again for whoever asks; nothing of it is kept. */
export const recalledGrade = gradeLine
  .omit({ month: true, cause: true, recordedAt: true })
  .extend({
    knownAt: z.string().meta({ description: 'what was recorded later was not looked at' }),
  })
  .meta({ id: 'RecalledGrade' });

export const recalledMonth = z.object({
  month: z.string(),
  asKnownThen: recalledGrade.nullable(),
  asKnownNow: recalledGrade.nullable(),
  stored: z.array(gradeLine).meta({ description: 'what was said of the month, first to last' }),
});

export const creditStanding = z
  .object({
    grade: z.string(),
    gradeSince: z.string(),
    watch: z.boolean(),
    colour: z.string(),
    colourSince: z.string(),
    scoreGrade: z.string().nullable(),
    scoreSince: z.string().nullable(),
    objectedAt: z.string().nullable(),
    repairedOn: z.string().nullable(),
  })
  .meta({ id: 'CreditStanding' });

export const creditFile = z.object({
  accountNo: z.string(),
  customerName: z.string(),
  address: z.string(),
  centreId: z.string(),
  category: z.string(),
  policyVersion: z.string(),
  standing: creditStanding.nullable(),
  rights: z.array(
    z.looseObject({ kind: z.string(), scheme: z.string(), givenBy: z.string(), clause: z.string() }),
  ),
  identities: z.array(row),
  grades: z.array(gradeLine),
  scores: z.array(
    z.looseObject({ asOf: z.string(), finalCenti: z.int(), scoreGrade: z.string(), why: sentence }),
  ),
  records: z.array(
    z.looseObject({
      recordId: z.string(),
      kind: z.string(),
      occurredOn: z.string(),
      outcome: z.string().nullable(),
      decisionNo: z.string().nullable(),
      sourceName: z.string(),
      description: z.string(),
      counts: z.boolean(),
      annulledFor: z.string().nullable(),
    }),
  ),
  moves: z.array(
    z.looseObject({
      scheme: z.string(),
      from: z.string().nullable(),
      to: z.string(),
      onDate: z.string(),
      cause: z.string(),
      movedBy: z.string(),
    }),
  ),
  measures: z.array(
    z.looseObject({
      measureId: z.string(),
      kind: z.string(),
      effect: z.string(),
      givenBy: z.string(),
      ownerRole: z.string(),
      dueOn: z.string(),
      status: z.string(),
      amountFen: z.int().nullable(),
      clause: z.string(),
    }),
  ),
  letters: z.array(
    z.looseObject({
      letterId: z.string(),
      kind: z.string(),
      channel: z.string(),
      status: z.string(),
      servedAt: when,
      recordedAt: z.string(),
    }),
  ),
  /** Years in which they were drawn (G3.5). */
  draws: z.array(z.looseObject({ year: z.int(), class: z.string(), drawnAt: z.string() })),
  documents: z.array(row),
  commitments: z.array(row),
  adjustments: z.array(row),
  cases: z.array(row),
  downgrades: z.array(row),
  objections: z.array(
    z.looseObject({ objectionId: z.string(), scheme: z.string(), status: z.string(), dueAt: z.string() }),
  ),
  repairs: z.array(row),
  exports: z.array(row),
});
export type CreditFile = z.output<typeof creditFile>;
