import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Statements } from '../books/books.ts';
import { consoleClient, consoleClientId } from './console-client.ts';
import { findPerson, secretOf } from './people.ts';

/** Keeps what the provider keeps in the books, so that a restart signs nobody out; clients are the people. */
export function recordsOf(books: Statements, model: string, publicUrl: () => string | undefined): Adapter {
  const read = async (condition: string, value: string): Promise<AdapterPayload | undefined> => {
    const [row] = await books.rows<{ payload: AdapterPayload }>(
      `select payload from idp_record
        where model = $1 and ${condition} = $2 and (expires_at is null or expires_at > now())`,
      [model, value],
    );
    return row?.payload;
  };
  return {
    find: (id) => (model === 'Client' ? clientOf(books, id, publicUrl) : read('id', id)),
    findByUid: (uid) => read(`payload ->> 'uid'`, uid),
    findByUserCode: (userCode) => read(`payload ->> 'userCode'`, userCode),
    upsert: async (id, payload, expiresInSeconds) => {
      await books.rows(
        `insert into idp_record (model, id, payload, expires_at) values ($1, $2, $3, now() + make_interval(secs => $4))
         on conflict (model, id) do update set payload = excluded.payload, expires_at = excluded.expires_at`,
        [model, id, JSON.stringify(payload), expiresInSeconds ?? null],
      );
    },
    consume: async (id) => {
      await books.rows(
        `update idp_record set payload = payload || jsonb_build_object('consumed', extract(epoch from now())::bigint)
          where model = $1 and id = $2`,
        [model, id],
      );
    },
    destroy: async (id) => {
      await books.rows('delete from idp_record where model = $1 and id = $2', [model, id]);
    },
    revokeByGrantId: async (grantId) => {
      await books.rows(`delete from idp_record where payload ->> 'grantId' = $1`, [grantId]);
    },
  };
}

async function clientOf(
  books: Statements,
  id: string,
  publicUrl: () => string | undefined,
): Promise<AdapterPayload | undefined> {
  if (id === consoleClientId) return consoleClient(publicUrl());
  const known = await findPerson(books, id);
  if (!known) return undefined;
  return {
    client_id: id,
    client_name: known.name,
    client_secret: secretOf(id),
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  };
}
