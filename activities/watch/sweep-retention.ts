import { sweepRetention as sweep, type Swept } from '../../intake/retention/sweep-retention.ts';
import { companyScope, type ActivityDeps } from '../deps.ts';

/** The nightly sweep of what no law needs any more (L9). */
export const sweepRetention =
  (deps: ActivityDeps) =>
  (at: { companyId: string }): Promise<Swept> =>
    sweep({ db: deps.db, vault: deps.vault, scope: companyScope(at) }, deps.systems.blobs, {
      ...{ by: 'fudian', dryRun: false },
    });
