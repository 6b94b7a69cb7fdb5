import type { Tx } from '../database.ts';

export interface PersonItem {
  personId: string;
  name: string;
  roles: string[];
}

/** Keeps what a token says of its person; customers are no staff and are not kept. */
export const keepPerson = (
  tx: Tx,
  companyId: string,
  person: PersonItem & { centreIds: readonly string[] | '*' },
): Promise<number> =>
  tx.run(
    `insert into people (company_id, person_id, name, roles, centre_ids) values ($1, $2, $3, $4, $5)
     on conflict (company_id, person_id) do update
       set name = excluded.name, roles = excluded.roles, centre_ids = excluded.centre_ids, seen_at = clock_timestamp()`,
    [
      companyId,
      person.personId,
      person.name,
      person.roles,
      person.centreIds === '*' ? null : person.centreIds,
    ],
  );

/** Names of the centres in view. */
export const centreNames = (tx: Tx): Promise<{ centreId: string; name: string }[]> =>
  tx.rows(`select centre_id as "centreId", name from centres order by centre_id`);

/** Staff who work for one of the centres in view, by name; those for the whole company among them. */
export const listPeople = (
  tx: Tx,
  query: { role?: string | undefined; after: string | undefined; limit: number },
): Promise<PersonItem[]> =>
  tx.rows<PersonItem>(
    `select person_id as "personId", name, roles from people p
      where ($1::text is null or $1 = any (roles)) and ($2::text is null or person_id > $2)
        and (centre_ids is null or exists (select from unnest(centre_ids) c where sees_centre(c)))
      order by person_id limit $3`,
    [query.role ?? null, query.after ?? null, query.limit],
  );
