import type { Tx } from '../../../db/database.ts';
import type { Vault } from '../../../db/keys/vault.ts';
import { putMessage } from '../../../db/messages/put-message.ts';
import { putTask } from '../../../db/tasks/put-task.ts';
import { civilDateAt } from '../../../rules/calendar/shanghai-time.ts';

/** A letter of credit to be prepared; `kind` and `subjectId` make it one. */
export interface NewLetter {
  companyId: string;
  centreId: string;
  accountId: string;
  kind:
    | 'downgrade-notice'
    | 'objection-answer'
    | 'repair-answer'
    | 'publication-notice'
    | 'correction'
    | 'grade-told'
    | 'colour-letter';
  subjectId: string;
  text: { subject: string; zh: string };
  /** Case time, epoch ms. */
  nowMs: number;
}

export interface PutLetter {
  letterId: string;
  /** The message that carries it. */
  messageId: string;
}

const SERVE_WITHIN_MS = 7 * 86_400_000;

/** What a clause asks for on paper, whatever address was agreed (H2). */
const ON_PAPER: ReadonlySet<NewLetter['kind']> = new Set(['colour-letter']);

/** Letters of a matter are sent by its workflow; those of a duty leave with the day's messages of credit. */
const OF_A_DUTY: ReadonlySet<NewLetter['kind']> = new Set(['grade-told', 'colour-letter']);

interface Customer {
  name_enc: Buffer;
  address_enc: Buffer;
  reader_id: string;
}

/** The e-address the customer agreed to, in force today (L8); else the post. */
async function wayTo(
  tx: Tx,
  vault: Vault,
  letter: NewLetter,
): Promise<{ channel: 'sms' | 'email' | 'letter'; address: string; customer: Customer }> {
  const customer = await tx.row<Customer>(
    'select name_enc, address_enc, reader_id from accounts where account_id = $1',
    [letter.accountId],
  );
  if (customer === undefined) throw new Error(`account ${letter.accountId} is out of reach`);
  const agreed = await tx.row<{ channel: 'sms' | 'email'; address_enc: Buffer }>(
    `select channel, address_enc from agreed_addresses
      where account_id = $1 and channel in ('sms', 'email') and agreed_on <= $2 and (revoked_on is null or revoked_on > $2)
      order by channel desc, agreed_on desc limit 1`,
    [letter.accountId, civilDateAt(letter.nowMs)],
  );
  return agreed === undefined || ON_PAPER.has(letter.kind)
    ? { channel: 'letter', address: vault.open(customer.address_enc), customer }
    : { channel: agreed.channel, address: vault.open(agreed.address_enc), customer };
}

/**
 * Prepares a letter and the message that carries it; a letter by post is also work for the reader, who brings back the proof
 * (H2, L7, L8). Put twice it is one.
 */
export async function putLetter(tx: Tx, vault: Vault, letter: NewLetter): Promise<PutLetter> {
  const { companyId, centreId, accountId, kind, subjectId, nowMs } = letter;
  const letterId = `letter/${kind}/${subjectId}`;
  const known = await tx.row<{ message_id: string }>(
    'select message_id from credit_letters where letter_id = $1',
    [letterId],
  );
  if (known !== undefined) return { letterId, messageId: known.message_id };
  const { channel, address, customer } = await wayTo(tx, vault, letter);
  const occurredAt = new Date(nowMs).toISOString();
  const messageId = await putMessage(tx, vault, {
    ...{ companyId, centreId, accountId, caseId: null, channel, address, occurredAt },
    key: letterId,
    purpose: `${OF_A_DUTY.has(kind) ? 'credit' : 'remedy'}-${kind}`,
    content: {
      subject: letter.text.subject,
      text: letter.text.zh,
      recipientName: vault.open(customer.name_enc),
    },
  });
  await tx.run(
    `insert into credit_letters (letter_id, company_id, centre_id, account_id, kind, subject_id, channel, message_id, status, occurred_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'prepared', $9)`,
    [letterId, companyId, centreId, accountId, kind, subjectId, channel, messageId, occurredAt],
  );
  if (channel === 'letter') await putServingTask(tx, letter, letterId, customer.reader_id);
  return { letterId, messageId };
}

/** Somebody has to go there, or bring back the slip of the post. */
export async function putServingTask(
  tx: Tx,
  of: Pick<NewLetter, 'companyId' | 'centreId' | 'accountId' | 'nowMs'>,
  letterId: string,
  readerId: string,
): Promise<void> {
  await putTask(tx, {
    ...{ companyId: of.companyId, centreId: of.centreId, accountId: of.accountId, nowMs: of.nowMs },
    taskId: `task/${letterId}`,
    caseId: null,
    kind: 'serve-credit-letter',
    role: 'reader',
    assignee: readerId,
    ref: letterId,
    notBeforeMs: of.nowMs,
    dueAtMs: of.nowMs + SERVE_WITHIN_MS,
  });
}
