/**
 * Whether a person ($person) wrote a record of the account that counts, or moved its score by hand: they do not decide what follows
 * from it (L7). Both arguments are SQL.
 */
export const handInDowngrade = (account: string, person: string): string => `
  (exists (select from credit_records r where r.account_id = ${account} and r.recorded_by = ${person}
              and not exists (select from credit_annulments n where n.record_id = r.record_id))
   or exists (select from credit_adjustments j where j.account_id = ${account} and ${person} in (j.proposed_by, j.decided_by)
                 and j.status = 'accepted'))`;

/** Whether a person wrote the record objected to, moved the grade, or signed the report: they do not decide about it (L5). */
export const handInObjection = (account: string, subject: string, person: string): string => `
  (exists (select from credit_records r where r.account_id = ${account} and r.record_id = ${subject} and r.recorded_by = ${person})
   or exists (select from credit_downgrades q where q.account_id = ${account} and q.decided_by = ${person}
                 and q.status in ('approved', 'noticed', 'in-force'))
   or exists (select from credit_exports e where e.account_id = ${account} and e.export_id = ${subject}
                 and ${person} in (e.proposed_by, e.approved_by)))`;
