import type { ApiClient } from './api-client.ts';
import { findCase, readAll } from './cases.ts';
import { CliError, EXIT } from './exit.ts';

/** One row of GET /tickets. */
export interface Ticket {
  readonly ticketId: string;
  readonly kind: 'stop' | 'restore';
  readonly status: string;
  readonly accountNo: string;
  readonly centreId?: string;
  readonly stopId: string | null;
  readonly meterNo: string;
  readonly plannedFrom: string;
  readonly plannedTo: string;
}

/** The ticket that a person means: by its id, else the open one of the account. @throws CliError 2 when there is none */
export async function findTicket(api: ApiClient, which: string, kind: string | undefined): Promise<Ticket> {
  if (which.includes('ticket/')) return api.get<Ticket>(`/tickets/${encodeURIComponent(which)}`);
  const open = (await readAll<Ticket>(api, '/tickets', { kind })).find(
    ({ accountNo }) => accountNo === which,
  );
  if (open !== undefined) return open;
  const last = (await findCase(api, which)).tickets.findLast(
    (ticket) => kind === undefined || ticket.kind === kind,
  );
  if (last === undefined) throw new CliError(`Account ${which} has no ticket.`, EXIT.usage);
  return api.get<Ticket>(`/tickets/${encodeURIComponent(last.ticketId)}`);
}
