import { z } from 'zod';

/** Shapes that several routes share. */
export const id = z.string().min(1).max(300);
/** The years that the calendar of the rules knows. */
const isOfKnownYears = (text: string): boolean => /^(?:1[6-9]|[2-9]\d)\d\d-/.test(text);
const OF_KNOWN_YEARS = 'must lie in the years 1600 to 9999';
/** A moment of any offset; handlers get it in UTC, so that two of them compare as text. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine(isOfKnownYears, OF_KNOWN_YEARS)
  .transform((at) => new Date(at).toISOString());
export const civilDate = z.iso.date().refine(isOfKnownYears, OF_KNOWN_YEARS);
export const fen = z.int().nonnegative().meta({ description: 'whole fen' });
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const words = z.string().trim().min(1).max(2_000);

export const reason = z
  .object({
    code: z.string(),
    clause: z.string(),
    text: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  })
  .meta({ id: 'Reason', description: 'why, with the clause that says so' });

export const accepted = z.object({ accepted: z.literal(true) }).meta({ id: 'Accepted' });
export const ACCEPTED = { accepted: true } as const;

/** Query of a paged list. */
export const paging = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One page; `next` is the cursor of the following one, null at the end. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same without what was left out. */
export const given = <T extends object>(value: T): Given<T> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Given<T>;
