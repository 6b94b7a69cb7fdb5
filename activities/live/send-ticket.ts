import { raiseTicket } from '../case/raise-ticket.ts';
import type { CaseMoment, StepAnswer } from '../contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { dispatchTicket } from './dispatch-ticket.ts';

/**
 * Raises the ticket and gives it to the crew system; one that was raised and could not be given stays raised, is one ticket
 * however often it is tried (T2.3). @throws SystemUnavailable | SystemRefused
 */
export const sendTicket =
  (deps: ActivityDeps) =>
  async (at: CaseMoment & { toCrew: boolean }): Promise<StepAnswer & { ticketId?: string }> => {
    const raised = await raiseTicket(deps)(at);
    if (raised.ticketId !== undefined && at.toCrew)
      await dispatchTicket(deps)({ companyId: at.companyId, ticketId: raised.ticketId });
    return raised;
  };
