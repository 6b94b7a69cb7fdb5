import type { CrewTicket } from '../../../api/shapes/round.ts';
import type { Act, ActKind } from '../device/store.ts';

/** The words by which an act is found again on this device. */
export const aboutOf = ({ ticketId, accountNo, customerName, address }: CrewTicket): Act['about'] => ({
  ref: ticketId,
  accountNo,
  customerName,
  address,
});

/** What ends a ticket for this crew. */
export const ENDING_ACTS: readonly ActKind[] = ['execution', 'not-done', 'restored'];

export const ticketPath = (ticket: Pick<CrewTicket, 'ticketId'>, act: string): string =>
  `/tickets/${encodeURIComponent(ticket.ticketId)}/${act}`;
