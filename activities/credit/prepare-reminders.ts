import { heartbeat } from '@temporalio/activity';
import type { Tx } from '../../db/database.ts';
import { putMessage } from '../../db/messages/put-message.ts';
import { noteFault } from '../../db/credit/runs.ts';
import type { CreditPolicy } from '../../rules/credit/policy.ts';
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
  month: CivilDate;
  colourCode: ColourCode;
}

/**
 * Who turned yellow in the run and still is, with the channel they agreed to: WeChat before SMS before a call (H2). What is deferred
 * by agreement is no reason to remind anybody.
 */
const YELLOW = `
select m.account_id as "accountId", m.centre_id as "centreId", a.account_no as "accountNo", co.name as "companyName", a.name_enc,
       a.phone_enc, way.channel, way.address_enc, g.month, g.as_of as "asOf", g.colour_code as "colourCode",
       g.oldest_days as "oldestDays", g.owed_fen as "owedFen", g.late_bills as "lateBills", g.bills,
       g.offence_on as "offenceOn", g.customer_since as "customerSince", g.deferred
  from credit_runs r
       join credit_moves m on m.cause = r.run_id and m.scheme = 'colour' and m.to_value = 'yellow'
       join accounts a on a.account_id = m.account_id
       join credit_standings s on s.account_id = m.account_id and s.colour = 'yellow' and s.objected_at is null
       join lateral (select * from credit_grades g where g.account_id = m.account_id and g.month = r.month and g.run_id = $1
                      order by g.n desc limit 1) g on true
       left join companies co on co.company_id = m.company_id
       left join lateral (
         select channel, address_enc from agreed_addresses d
          where d.account_id = m.account_id and d.channel in ('wechat', 'sms', 'call')
            and d.agreed_on <= $3::date and (d.revoked_on is null or d.revoked_on > $3::date)
          order by array_position(array['wechat', 'sms', 'call'], d.channel), d.agreed_on desc limit 1) way on true
 where r.run_id = $1 and m.account_id > $2 and g.colour_code <> 'arrears-deferred'
 order by m.account_id limit ${PAGE}`;

/** A reminder binds nobody, so a phone on file will do where no channel was agreed; without any, the reader speaks to them. */
function wayOf(
  deps: ActivityDeps,
  one: Yellow,
): { channel: 'wechat' | 'sms' | 'call'; address: string } | null {
  if (one.channel !== null && one.address_enc !== null)
    return { channel: one.channel, address: deps.vault.open(one.address_enc) };
  return one.phone_enc === null ? null : { channel: 'sms', address: deps.vault.open(one.phone_enc) };
}

interface Writing {
  policy: CreditPolicy;
  nowMs: number;
}

async function prepare(
  deps: ActivityDeps,
  tx: Tx,
  at: RunAt,
  one: Yellow,
  { policy, nowMs }: Writing,
): Promise<void> {
  const why = colourReason(one.colourCode, one, policy);
  const text = yellowReminderText({
    ...{
      companyName: one.companyName ?? '',
      customerName: deps.vault.open(one.name_enc),
      accountNo: one.accountNo,
    },
    ...{ whyZh: why.zh, whyEn: why.en },
  });
  const way = wayOf(deps, one);
  const letterId = `letter/colour-reminder/${one.accountId}/${one.month}`;
  const of = { companyId: at.companyId, centreId: one.centreId, accountId: one.accountId };
  if (way === null) {
    await tx.run(
      `insert into tasks (task_id, company_id, centre_id, case_id, account_id, kind, role, assignee, ref, not_before, due_at, occurred_at)
       select $1, company_id, centre_id, null, account_id, 'credit-colour-reminder', 'reader', reader_id, $1, $3, $3::timestamptz + interval '10 days', $3
         from accounts where account_id = $2 on conflict do nothing`,
      [`task/${letterId}`, one.accountId, iso(nowMs)],
    );
    return;
  }
  const messageId = await putMessage(tx, deps.vault, {
    ...{ ...of, caseId: null, channel: way.channel, address: way.address, occurredAt: iso(nowMs) },
    key: letterId,
    purpose: 'credit-colour-reminder',
    content: { subject: text.subject, text: text.zh },
  });
  await tx.run(
    `insert into credit_letters (letter_id, company_id, centre_id, account_id, kind, subject_id, channel, message_id, status, occurred_at)
     values ($1, $2, $3, $4, 'colour-reminder', $5, $6, $7, 'prepared', $8) on conflict do nothing`,
    [letterId, of.companyId, of.centreId, of.accountId, one.month, way.channel, messageId, iso(nowMs)],
  );
}

/** One whose file cannot be opened is noted with the run; the others are reminded. */
async function prepareOrNote(
  deps: ActivityDeps,
  tx: Tx,
  at: RunAt,
  one: Yellow,
  writing: Writing,
): Promise<void> {
  await tx.run('savepoint one_reminder');
  try {
    await prepare(deps, tx, at, one, writing);
    await tx.run('release savepoint one_reminder');
  } catch (error) {
    await tx.run('rollback to savepoint one_reminder');
    const said = error instanceof Error ? error.message : String(error);
    await noteFault(tx, { runId: at.runId, accountId: one.accountId, error: `reminder: ${said}` });
  }
}

/** Prepares the reminders of one page of those who turned yellow (H2); again prepares nothing twice. */
export const prepareReminders =
  (deps: ActivityDeps) =>
  async (at: RunAt & { after: string }): Promise<{ next: string | null }> => {
    heartbeat(at.after);
    const nowMs = Date.now();
    return act(deps, at, async (tx) => {
      const page = await tx.rows<Yellow>(YELLOW, [at.runId, at.after, civilDateAt(nowMs)]);
      const [first] = page;
      if (first === undefined) return { next: null };
      const policy = await readCreditPolicy(tx, at.companyId, first.asOf);
      for (const one of page) await prepareOrNote(deps, tx, at, one, { policy, nowMs });
      const last = page.at(-1);
      return { next: page.length === PAGE && last !== undefined ? last.accountId : null };
    });
  };
