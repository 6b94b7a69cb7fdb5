import { heartbeat } from '@temporalio/activity';
import { caseNowMs } from '../../db/case-clock.ts';
import type { Tx } from '../../db/database.ts';
import { putMessage } from '../../db/messages/put-message.ts';
import { noteFault } from '../../db/credit/runs.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import type { ColourCode } from '../../rules/credit/colour-of.ts';
import { colourReason } from '../../rules/credit/explain.ts';
import type { CreditFacts } from '../../rules/credit/facts.ts';
import { yellowReminderText } from '../../systems/messages/credit.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import type { RunAt } from './contract.ts';

const PAGE = 200;

interface Yellow extends CreditFacts {
  accountId: string;
  centreId: string;
  accountNo: string;
  companyName: string | null;
  name_enc: Buffer;
  phone_enc: Buffer | null;
  channel: 'wechat' | 'sms' | 'call' | null;
  address_enc: Buffer | null;
  since: CivilDate;
  /** Reminders of this same day that were withdrawn before they left. */
  withdrawn: number;
  colourCode: ColourCode;
}

/**
 * Who is yellow and was not reminded since they are, with the channel they agreed to: WeChat before SMS before a call (H2). Whether a
 * run, a change between two runs or the end of an objection made them so is all one. What is deferred by agreement is no reason to
 * remind anybody. $1 after (account id), $2 today.
 */
const YELLOW = `
select s.account_id as "accountId", s.centre_id as "centreId", a.account_no as "accountNo", co.name as "companyName", a.name_enc,
       a.phone_enc, way.channel, way.address_enc, s.colour_since as since,
       (select count(*)::int from credit_letters l where l.account_id = s.account_id and l.kind = 'colour-reminder'
           and l.subject_id like to_char(s.colour_since, 'YYYY-MM-DD') || '%' and l.status = 'withdrawn') as withdrawn, g.as_of as "asOf", g.colour_code as "colourCode",
       g.oldest_days as "oldestDays", g.owed_fen as "owedFen", g.late_bills as "lateBills", g.bills,
       g.offence_on as "offenceOn", g.customer_since as "customerSince", g.deferred
  from credit_standings s
       join accounts a using (account_id)
       join lateral (select * from credit_grades g where g.account_id = s.account_id and g.colour = 'yellow'
                      order by g.month desc, g.n desc limit 1) g on true
       left join companies co on co.company_id = s.company_id
       left join lateral (
         select channel, address_enc from agreed_addresses d
          where d.account_id = s.account_id and d.channel in ('wechat', 'sms', 'call')
            and d.agreed_on <= $2::date and (d.revoked_on is null or d.revoked_on > $2::date)
          order by array_position(array['wechat', 'sms', 'call'], d.channel), d.agreed_on desc limit 1) way on true
 where s.colour = 'yellow' and s.objected_at is null and s.account_id > $1 and g.colour_code <> 'arrears-deferred'
   and a.moved_out_on is null
   and not exists (select from credit_letters l where l.account_id = s.account_id and l.kind = 'colour-reminder'
                      and l.status <> 'withdrawn' and (l.occurred_at at time zone 'Asia/Shanghai')::date >= s.colour_since)
   and not exists (select from tasks t
                    where t.task_id = 'task/letter/colour-reminder/' || s.account_id || '/' || to_char(s.colour_since, 'YYYY-MM-DD'))
 order by s.account_id limit ${PAGE}`;

/** A reminder binds nobody, so a phone on file will do where no channel was agreed; without any, the reader speaks to them. */
function wayOf(
  deps: ActivityDeps,
  one: Yellow,
): { channel: 'wechat' | 'sms' | 'call'; address: string } | null {
  if (one.channel !== null && one.address_enc !== null)
    return { channel: one.channel, address: deps.vault.open(one.address_enc) };
  return one.phone_enc === null ? null : { channel: 'sms', address: deps.vault.open(one.phone_enc) };
}

/** Nobody can be written to: the reader speaks to them. */
const speakToThem = (tx: Tx, one: Yellow, letterId: string, nowMs: number): Promise<number> =>
  tx.run(
    `insert into tasks (task_id, company_id, centre_id, case_id, account_id, kind, role, assignee, ref, not_before, due_at, occurred_at)
     select $1, company_id, centre_id, null, account_id, 'credit-colour-reminder', 'reader', reader_id, $1, $3, $3::timestamptz + interval '10 days', $3
       from accounts where account_id = $2 on conflict do nothing`,
    [`task/${letterId}`, one.accountId, iso(nowMs)],
  );

const subjectOf = ({ since, withdrawn }: Yellow): string =>
  withdrawn === 0 ? since : `${since}/${withdrawn + 1}`;
const letterIdOf = (one: Yellow): string => `letter/colour-reminder/${one.accountId}/${subjectOf(one)}`;

async function prepare(
  deps: ActivityDeps,
  tx: Tx,
  at: { companyId: string },
  one: Yellow,
  nowMs: number,
): Promise<void> {
  const why = colourReason(one.colourCode, one, await readCreditPolicy(tx, at.companyId, one.asOf));
  const text = yellowReminderText({
    ...{
      companyName: one.companyName ?? '',
      customerName: deps.vault.open(one.name_enc),
      accountNo: one.accountNo,
    },
    ...{ whyZh: why.zh, whyEn: why.en },
  });
  const way = wayOf(deps, one);
  const letterId = letterIdOf(one);
  if (way === null) {
    await speakToThem(tx, one, letterId, nowMs);
    return;
  }
  const of = { companyId: at.companyId, centreId: one.centreId, accountId: one.accountId };
  const messageId = await putMessage(tx, deps.vault, {
    ...{ ...of, caseId: null, channel: way.channel, address: way.address, occurredAt: iso(nowMs) },
    key: letterId,
    purpose: 'credit-colour-reminder',
    content: { subject: text.subject, text: text.zh },
  });
  await tx.run(
    `insert into credit_letters (letter_id, company_id, centre_id, account_id, kind, subject_id, channel, message_id, status, occurred_at)
     values ($1, $2, $3, $4, 'colour-reminder', $5, $6, $7, 'prepared', $8) on conflict do nothing`,
    [letterId, of.companyId, of.centreId, of.accountId, subjectOf(one), way.channel, messageId, iso(nowMs)],
  );
}

/** Of one whose file cannot be opened the reader is told, and the run if it is one; the others are reminded. */
async function prepareOrTellReader(
  deps: ActivityDeps,
  tx: Tx,
  at: { companyId: string; runId: string | null },
  one: Yellow,
): Promise<void> {
  const nowMs = await caseNowMs(tx, one.accountId);
  await tx.run('savepoint one_reminder');
  try {
    await prepare(deps, tx, at, one, nowMs);
    await tx.run('release savepoint one_reminder');
  } catch (error) {
    await tx.run('rollback to savepoint one_reminder');
    await speakToThem(tx, one, letterIdOf(one), nowMs);
    const said = error instanceof Error ? error.message : String(error);
    if (at.runId !== null)
      await noteFault(tx, { runId: at.runId, accountId: one.accountId, error: `reminder: ${said}` });
  }
}

/** One page of those who are yellow and were not reminded of it (H2); again prepares nothing twice. */
export const remindYellow = (
  deps: ActivityDeps,
  at: { companyId: string; runId: string | null; after: string },
): Promise<{ next: string | null }> =>
  act(deps, at, async (tx) => {
    const page = await tx.rows<Yellow>(YELLOW, [at.after, civilDateAt(Date.now())]);
    for (const one of page) await prepareOrTellReader(deps, tx, at, one);
    const last = page.at(-1);
    return { next: page.length === PAGE && last !== undefined ? last.accountId : null };
  });

/** The same at the end of a run, which keeps what went wrong. */
export const prepareReminders =
  (deps: ActivityDeps) =>
  (at: RunAt & { after: string }): Promise<{ next: string | null }> => {
    heartbeat(at.after);
    return remindYellow(deps, at);
  };
