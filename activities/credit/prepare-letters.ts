import { caseNowMs } from '../../db/case-clock.ts';
import type { Tx } from '../../db/database.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { putLetter } from '../../intake/credit/letters/put-letter.ts';
import type { ColourCode } from '../../rules/credit/colour-of.ts';
import { colourReason, gradeReason } from '../../rules/credit/explain.ts';
import type { CreditFacts } from '../../rules/credit/facts.ts';
import type { GradeCode } from '../../rules/credit/grade-of.ts';
import type { CreditPolicy } from '../../rules/credit/policy.ts';
import { colourLetterText, gradeToldText, type AskedOf } from '../../systems/messages/credit-told.ts';
import type { Text } from '../../systems/messages/words.ts';
import { act, type ActivityDeps } from '../deps.ts';

const PAGE = 200;

interface Duty extends CreditFacts {
  measureId: string;
  kind: 'grade-told' | 'colour-letter';
  givenBy: string;
  centreId: string;
  accountId: string;
  accountNo: string;
  code: GradeCode;
  colourCode: ColourCode;
  asks: AskedOf[];
}

/** Duties to tell somebody (G3.C, G3.D, H2) that no letter was written for; those under objection rest and are not among them. */
const UNTOLD = `
select m.measure_id as "measureId", m.kind, m.given_by as "givenBy", m.centre_id as "centreId", m.account_id as "accountId",
       a.account_no as "accountNo", g.code, g.colour_code as "colourCode", g.as_of as "asOf", g.oldest_days as "oldestDays",
       g.owed_fen as "owedFen", g.late_bills as "lateBills", g.bills, g.offence_on as "offenceOn",
       g.customer_since as "customerSince", g.deferred, coalesce(asks.list, '[]') as asks
  from credit_measures m
       join accounts a using (account_id)
       join lateral (select * from credit_grades g where g.account_id = m.account_id
                        and (m.scheme = 'grade' and g.grade = m.given_by or m.scheme = 'colour' and g.colour = m.given_by)
                      order by g.month desc, g.n desc limit 1) g on true
       left join lateral (
         select jsonb_agg(jsonb_build_object('kind', o.kind, 'dueOn', o.due_on, 'amountFen', o.amount_fen) order by o.kind) as list
           from credit_measures o where o.account_id = m.account_id and o.scheme = m.scheme and o.given_by = m.given_by
            and o.kind in ('prepayment-proposal', 'prepaid-meter-offer') and o.status = 'open') asks on true
 where m.kind in ('grade-told', 'colour-letter') and m.status = 'open'
   and not exists (select from credit_letters l where l.account_id = m.account_id and l.kind = m.kind
                                                        and l.subject_id = m.measure_id)
 order by m.measure_id limit ${PAGE}`;

function textOf(duty: Duty, policy: CreditPolicy): Text {
  const { accountNo, givenBy } = duty;
  if (duty.kind === 'grade-told')
    return gradeToldText({
      ...{ accountNo, grade: givenBy, why: gradeReason(duty.code, duty, policy), asks: duty.asks },
    });
  const why = colourReason(duty.colourCode, duty, policy);
  return colourLetterText({ accountNo, colour: givenBy, why });
}

async function write(tx: Tx, deps: ActivityDeps, duty: Duty, companyId: string): Promise<void> {
  const { centreId, accountId, kind, measureId } = duty;
  await putLetter(tx, deps.vault, {
    ...{ companyId, centreId, accountId, kind, subjectId: measureId },
    nowMs: await caseNowMs(tx, accountId),
    text: textOf(duty, await readCreditPolicy(tx, companyId, duty.asOf)),
  });
  // Whoever brings the letter has a task of their own; the duty itself is done with the proof of service.
  await tx.run(
    `update tasks set done_at = clock_timestamp(), outcome = 'letter-prepared' where task_id = $1 and done_at is null`,
    [`task/${measureId}`],
  );
}

/** Writes the letters that a grade of C or D (G3.C) and a red or black colour (H2) bring; again it writes nothing twice. */
export async function prepareLetters(deps: ActivityDeps, at: { companyId: string }): Promise<number> {
  let written = 0;
  for (let page = PAGE; page === PAGE;) {
    page = await act(deps, at, async (tx) => {
      const duties = await tx.rows<Duty>(UNTOLD);
      for (const duty of duties) await write(tx, deps, duty, at.companyId);
      return duties.length;
    });
    written += page;
  }
  return written;
}
