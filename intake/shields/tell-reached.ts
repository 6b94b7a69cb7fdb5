import { wholeCompany } from '../../db/database.ts';
import { putOutbox } from '../../db/outbox/put-outbox.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import type { Intake } from '../deps.ts';
import { standDown } from '../stand-down.ts';
import { takeAccount } from '../take-account.ts';

/** Whom an order or a warning reaches, and on which days, both included; null = any. */
export interface Reach {
  region: string | null;
  customerClass: string | null;
  accountId: string | null;
  from: CivilDate;
  to: CivilDate;
}

/** The fact as the case hears of it. */
export interface ReachFact {
  kind: string;
  factId: string;
  by: string;
}

const PAGE = 200;

const IN_REACH = `($2::text is null or a.region = $2) and ($3::text is null or a.customer_class = $3)
   and ($4::text is null or a.account_id = $4)`;

/** Crews that are, or will be, sent on one of the days. */
const CREWS = `
select distinct t.account_id as id from tickets t join accounts a using (account_id)
 where t.kind = 'stop' and t.status in ('raised', 'dispatched') and t.account_id > $1 and ${IN_REACH}
   and (t.planned_from at time zone 'Asia/Shanghai')::date between $5 and $6
 order by 1 limit ${PAGE}`;

/** Open cases; $7: only those whose stop falls, or may fall, on one of the days. */
const CASES = `
select c.account_id as id, c.case_id as "caseId" from cases c join accounts a using (account_id)
 where c.status = 'open' and c.account_id > $1 and ${IN_REACH}
   and (not $7::boolean or exists (
     select from stop_plans p, jsonb_array_elements(p.candidates) candidate
      where p.case_id = c.case_id and p.attempt = c.attempt and p.status in ('planned', 'approved', 'fixed')
        and coalesce(p.stop_on, (candidate ->> 'stopDate')::date) between $5::date and $6::date))
 order by 1 limit ${PAGE}`;

const valuesOf = (after: string, reach: Reach): unknown[] => [
  after,
  reach.region,
  reach.customerClass,
  reach.accountId,
  reach.from,
  reach.to,
];

/**
 * Recalls every crew whose stop falls on one of the days, one short transaction an account, so that nobody waits for a whole
 * region (L10). Told again it goes on where it broke off. Answers how many accounts it touched.
 */
export async function recallReached(intake: Intake, reach: Reach, fact: ReachFact): Promise<number> {
  // An order holds in every centre, whichever of them the person who enters it may see.
  const scope = wholeCompany(intake.scope.companyId);
  let recalled = 0;
  for (let after = ''; ;) {
    const page = await intake.db.tx(scope, (tx) => tx.rows<{ id: string }>(CREWS, valuesOf(after, reach)));
    for (const { id: accountId } of page)
      await intake.db.tx(scope, async (tx) => {
        const account = await takeAccount(tx, { accountId });
        await standDown(tx, account, fact.kind, fact.by);
      });
    recalled += page.length;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return recalled;
    after = last.id;
  }
}

/** Lets the open cases in reach look at the fact, page by page; each hears of it once. Answers how many there are. */
export async function tellReached(
  intake: Intake,
  reach: Reach,
  fact: ReachFact & { plannedOnly: boolean },
): Promise<number> {
  const { companyId } = intake.scope;
  let told = 0;
  for (let after = ''; ;) {
    const page = await intake.db.tx(wholeCompany(companyId), async (tx) => {
      const cases = await tx.rows<{ id: string; caseId: string }>(CASES, [
        ...valuesOf(after, reach),
        fact.plannedOnly,
      ]);
      for (const { id: accountId, caseId } of cases)
        await putOutbox(tx, companyId, {
          kind: 'signal-case',
          key: `signal-case/${caseId}/${fact.kind}/${fact.factId}`,
          payload: { accountId, caseId, signal: { kind: fact.kind, factId: fact.factId } },
        });
      return cases;
    });
    told += page.length;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return told;
    after = last.id;
  }
}
