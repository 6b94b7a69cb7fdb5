import { putMessage } from '../../db/messages/put-message.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { civilDateAt, shanghaiText } from '../../rules/calendar/shanghai-time.ts';
import { plannedOutageText } from '../../systems/messages/credit.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import { prepareLetters } from './prepare-letters.ts';
import { remindYellow } from './prepare-reminders.ts';

/** Proposals and rights nobody took up in their time; a restraint that is late stays open, and its task is overdue for all to see. */
const LAPSE = `
with lapsed as (
  update credit_measures set status = 'lapsed', closed_at = clock_timestamp(), closed_by = 'fudian', outcome = 'not-taken-up'
   where status = 'open' and effect = 'proposal' and due_on < $1::date returning measure_id)
update tasks t set done_at = clock_timestamp(), outcome = 'not-taken-up'
  from lapsed where t.task_id = 'task/' || lapsed.measure_id and t.done_at is null`;

const OUTAGES = `
select outage_id as "outageId", centre_id as "centreId", region, from_at as "fromAt", to_at as "toAt", reason
  from planned_outages
 where told_at is null and cancelled_at is null and from_at > clock_timestamp()
   and from_at <= clock_timestamp() + $1 * interval '1 hour'`;

interface Outage {
  outageId: string;
  centreId: string;
  region: string;
  fromAt: string;
  toAt: string;
  reason: string;
}

/** A customers of the place, with a phone (G3.A). */
const TO_TELL = `
select a.account_id as "accountId", a.centre_id as "centreId", a.account_no as "accountNo", a.name_enc, a.phone_enc, co.name as "companyName"
  from accounts a join credit_standings s using (account_id) left join companies co on co.company_id = a.company_id
 where a.centre_id = $1 and a.region = $2 and s.grade = 'A' and a.phone_enc is not null and a.moved_out_on is null`;

async function tell(
  deps: ActivityDeps,
  at: { companyId: string },
  outage: Outage,
  nowMs: number,
): Promise<number> {
  return act(deps, at, async (tx) => {
    const people = await tx.rows<{
      accountId: string;
      centreId: string;
      accountNo: string;
      companyName: string | null;
      name_enc: Buffer;
      phone_enc: Buffer;
    }>(TO_TELL, [outage.centreId, outage.region]);
    for (const one of people) {
      const text = plannedOutageText({
        ...{
          companyName: one.companyName ?? '',
          customerName: deps.vault.open(one.name_enc),
          accountNo: one.accountNo,
        },
        ...{
          from: shanghaiText(Date.parse(outage.fromAt)),
          to: shanghaiText(Date.parse(outage.toAt)),
          reason: outage.reason,
        },
      });
      await putMessage(tx, deps.vault, {
        ...{
          companyId: at.companyId,
          centreId: one.centreId,
          accountId: one.accountId,
          caseId: null,
          channel: 'sms',
        },
        ...{ key: `planned-outage/${outage.outageId}/${one.accountId}`, purpose: 'credit-planned-outage' },
        ...{ address: deps.vault.open(one.phone_enc), occurredAt: iso(nowMs) },
        content: { subject: text.subject, text: text.zh },
      });
    }
    await tx.run('update planned_outages set told = $2, told_at = clock_timestamp() where outage_id = $1', [
      outage.outageId,
      people.length,
    ]);
    return people.length;
  });
}

/** What the day brings: offers whose time is over, letters and reminders to be written (G3.C, H2), planned works that A customers are told of (G3.A). */
export const keepMeasures =
  (deps: ActivityDeps) =>
  async (at: { companyId: string }): Promise<{ lapsed: number; told: number }> => {
    const nowMs = Date.now();
    const today = civilDateAt(nowMs);
    const { lapsed, outages } = await act(deps, at, async (tx) => {
      const policy = await readCreditPolicy(tx, at.companyId, today);
      return {
        lapsed: await tx.run(LAPSE, [today]),
        outages: await tx.rows<Outage>(OUTAGES, [policy.consequences.outageNoticeHours]),
      };
    });
    await prepareLetters(deps, at);
    for (let after: string | null = ''; after !== null;)
      after = (await remindYellow(deps, { ...at, runId: null, after })).next;
    let told = 0;
    for (const outage of outages) told += await tell(deps, at, outage, nowMs);
    return { lapsed, told };
  };
