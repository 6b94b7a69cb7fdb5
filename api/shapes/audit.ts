import { z } from 'zod';
import { pageOf } from '../schemas.ts';

export const auditPage = pageOf(
  z
    .object({
      n: z.int(),
      actor: z.string(),
      action: z.string(),
      body: z.record(z.string(), z.unknown()),
      occurredAt: z.string().meta({ description: 'case time' }),
      recordedAt: z.string().meta({ description: 'database time' }),
      prevHash: z.string(),
      hash: z.string(),
    })
    .meta({ id: 'AuditLine' }),
).extend({
  chain: z
    .object({ lines: z.int(), intact: z.boolean(), brokenAt: z.int().nullable() })
    .meta({ description: 'every hash of the chain computed anew' }),
});
export type AuditPage = z.output<typeof auditPage>;
