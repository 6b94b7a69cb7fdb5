import { z } from 'zod';

export const shieldItem = z
  .object({
    shieldId: z.string(),
    region: z.string().nullable(),
    customerClass: z.string().nullable(),
    accountNo: z.string().nullable(),
    effect: z.string().meta({ description: 'no-stop, no-late-fee or both' }),
    orderNo: z.string(),
    reason: z.string(),
    from: z.string(),
    to: z.string().meta({ description: 'included' }),
    setBy: z.string(),
    liftedAt: z.string().nullable(),
    state: z.string().meta({ description: 'coming, in-force, over or lifted, by the day of the service' }),
    mayLift: z.boolean().meta({ description: 'it stands, and you may lift it' }),
  })
  .meta({ id: 'Shield' });
export type ShieldItem = z.output<typeof shieldItem>;
