import { z } from 'zod';

export const me = z
  .object({
    personId: z.string(),
    name: z.string(),
    companyId: z.string(),
    roles: z.array(z.string()),
    isWholeCompany: z.boolean(),
    centres: z.array(z.object({ centreId: z.string(), name: z.string() })),
  })
  .meta({ id: 'Me' });
export type Me = z.output<typeof me>;

export const personItem = z
  .object({ personId: z.string(), name: z.string(), roles: z.array(z.string()) })
  .meta({ id: 'Person' });
export type PersonItem = z.output<typeof personItem>;
