import { createHash } from 'node:crypto';
import type { Db } from '../../db/database.ts';
import { json } from '../../db/database.ts';
import type { Caller } from './caller.ts';
import { Problem } from './problem.ts';

/** Names of an answer kept under a key. */
export interface Kept {
  status: number;
  body: unknown;
}

interface Row {
  request_hash: string;
  status: number | null;
  body: unknown;
  abandoned: boolean;
}

/** A request whose process died is taken up again after this long. */
const ABANDONED_SECONDS = 60;
const KEY = /^[\x21-\x7e]{8,128}$/;

/**
 * Runs a POST once per key and person: the same request again gets the first answer; another request under the same key is
 * refused, as is one that is still under way. A problem is not kept, so that it can be mended and sent again.
 * @throws Problem 400 `idempotency-key-required` | 422 `idempotency-key-reused` | 409 `request-in-progress`
 */
export async function once(
  db: Db,
  caller: Caller,
  request: { key: string | undefined; method: string; path: string; body: unknown },
  run: () => Promise<Kept>,
): Promise<Kept & { replayed: boolean }> {
  const { key } = request;
  if (key === undefined || !KEY.test(key)) throw new Problem(400, 'idempotency-key-required');
  const scope = { companyId: caller.scope.companyId, centreIds: '*' } as const;
  const raw = Buffer.isBuffer(request.body)
    ? request.body
    : Buffer.from(JSON.stringify(request.body ?? null));
  const hash = createHash('sha256').update(`${request.method} ${request.path}\n`).update(raw).digest('hex');
  const id = [scope.companyId, caller.personId, key] as const;

  const earlier = await db.tx(scope, async (tx) => {
    const isNew = await tx.run(
      `insert into idempotency_keys (company_id, person_id, key, request_hash) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [...id, hash],
    );
    if (isNew > 0) return undefined;
    return tx.row<Row>(
      `select request_hash, status, body,
              status is null and recorded_at < clock_timestamp() - interval '${ABANDONED_SECONDS} seconds' as abandoned
         from idempotency_keys where company_id = $1 and person_id = $2 and key = $3 for update`,
      id,
    );
  });
  if (earlier !== undefined && earlier.request_hash !== hash)
    throw new Problem(422, 'idempotency-key-reused');
  if (earlier !== undefined && earlier.status !== null)
    return { status: earlier.status, body: earlier.body, replayed: true };
  if (earlier !== undefined && !earlier.abandoned) throw new Problem(409, 'request-in-progress');

  try {
    const kept = await run();
    await db.tx(scope, (tx) =>
      tx.run(
        `update idempotency_keys set status = $4, body = $5 where company_id = $1 and person_id = $2 and key = $3`,
        [...id, kept.status, json(kept.body ?? null)],
      ),
    );
    return { ...kept, replayed: false };
  } catch (error) {
    await db.tx(scope, (tx) =>
      tx.run(
        `delete from idempotency_keys where company_id = $1 and person_id = $2 and key = $3 and status is null`,
        id,
      ),
    );
    throw error;
  }
}
