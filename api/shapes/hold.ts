import { z } from 'zod';
import { reason } from '../schemas.ts';

export const holdEnd = z.object({ endings: z.array(z.string()), reasons: z.array(reason) }).meta({
  description: 'the endings that fit, and why you may say none of them; no endings: it ends by itself',
});
export type HoldEnd = z.output<typeof holdEnd>;
