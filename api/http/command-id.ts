import { createHash } from 'node:crypto';
import type { Context } from './route.ts';

/**
 * Id of what a command makes, the same whenever the same person sends it under the same Idempotency-Key: a command whose
 * answer was lost with the process that gave it is found done, not done again. `part` tells several things of one command apart.
 */
export function commandId({ caller, commandKey }: Context, part = ''): string {
  const said = [caller.scope.companyId, caller.personId, commandKey, part].join('\n');
  const hex = createHash('sha256').update(said).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
