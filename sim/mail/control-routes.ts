import { Router } from 'express';
import { z } from 'zod';
import type { SimContext } from '../context.ts';
import { parse } from '../http/problem.ts';

const listQuery = z.object({ to: z.string().optional(), messageId: z.string().optional() });

/** A mail that arrived. */
export interface ReceivedMail {
  /** With angle brackets, as sent; null when there was none. */
  messageId: string | null;
  from: string;
  to: string[];
  subject: string;
  text: string;
  receivedAt: string;
}

interface MailRow {
  message_id: string | null;
  mail_from: string;
  recipients: string[];
  subject: string;
  body: string;
  received_at: string;
}

/** GET /messages?to=&messageId=: every mail that arrived, oldest first. */
export function mailControlRoutes(sim: SimContext): Router {
  const router = Router();
  router.get('/messages', async (request, response) => {
    const { to, messageId } = parse(listQuery, request.query);
    const items = await listMails(sim, { to: to ?? null, messageId: messageId ?? null });
    response.json({ items });
  });
  return router;
}

/** Mails to an address, or under a message id, or all of them, oldest first. */
export async function listMails(
  sim: SimContext,
  which: { to: string | null; messageId: string | null },
): Promise<ReceivedMail[]> {
  const rows = await sim.books.rows<MailRow>(
    `select * from mail where ($1::text is null or $1 = any (recipients))
        and ($2::text is null or trim(message_id, '<>') = trim($2, '<>')) order by id`,
    [which.to, which.messageId],
  );
  return rows.map((row) => ({
    messageId: row.message_id,
    from: row.mail_from,
    to: row.recipients,
    subject: row.subject,
    text: row.body,
    receivedAt: row.received_at,
  }));
}
