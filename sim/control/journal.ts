import type { CarriedCall, CarriedMessage } from '../carrier/control-routes.ts';
import { listCalls, listMessages } from '../carrier/control-routes.ts';
import type { SimContext } from '../context.ts';
import type { HeldRecord } from '../credit-platform/records.ts';
import { listRecords } from '../credit-platform/records.ts';
import type { CrewOrder } from '../field-work/orders.ts';
import { listOrders } from '../field-work/orders.ts';
import type { HeldPaper } from '../government/papers.ts';
import { listPapers } from '../government/papers.ts';
import type { ReceivedMail } from '../mail/control-routes.ts';
import { listMails } from '../mail/control-routes.ts';
import type { SentWebhook } from '../webhooks/webhooks.ts';

/** Everything that reached the district or left it, oldest first. */
export interface Journal {
  messages: CarriedMessage[];
  calls: CarriedCall[];
  mails: ReceivedMail[];
  orders: CrewOrder[];
  papers: HeldPaper[];
  creditRecords: HeldRecord[];
  webhooks: SentWebhook[];
}

/** Reads the whole journal; for tests and for a screen, not for a district of a million. */
export async function readJournal(sim: SimContext): Promise<Journal> {
  const [messages, calls, mails, orders, papers, creditRecords, webhooks] = await Promise.all([
    listMessages(sim, null),
    listCalls(sim, null),
    listMails(sim, { to: null, messageId: null }),
    listOrders(sim.books, null),
    listPapers(sim),
    listRecords(sim),
    sim.webhooks.list(),
  ]);
  return { messages, calls, mails, orders, papers, creditRecords, webhooks };
}
