import type { Register } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { readAll } from '../core/cases.ts';
import { show, table, when } from '../core/print.ts';
import type { Ticket } from '../core/tickets.ts';
import { findTicket } from '../core/tickets.ts';

/** `fudian ticket`: open work tickets, or one with its form. */
export const registerTicket: Register = (program, world) => {
  program
    .command('ticket')
    .description('open work tickets; with an account: its ticket in full')
    .argument('[account|ticket]')
    .option('--kind <kind>', 'stop or restore')
    .action(async (which: string | undefined, options: { kind?: string }, command) => {
      const work = workOf(command, world, 'auditor-lv');
      if (which === undefined) {
        const tickets = await readAll<Ticket>(work.target.api, '/tickets', { kind: options.kind });
        show(work, tickets, () =>
          tickets.length === 0
            ? 'No open tickets.'
            : table(
                ['account', 'kind', 'status', 'meter', 'from', 'to'],
                tickets.map((ticket) => [
                  ...[ticket.accountNo, ticket.kind, ticket.status, ticket.meterNo],
                  ...[when(ticket.plannedFrom), when(ticket.plannedTo)],
                ]),
              ),
        );
        return;
      }
      const { ticketId } = await findTicket(work.target.api, which, options.kind);
      const full = await work.target.api.get<Ticket & { form: Record<string, string> }>(
        `/tickets/${encodeURIComponent(ticketId)}`,
      );
      show(work, full, ({ form, kind, status }) =>
        [`${kind} ticket, ${status}`, table(['', ''], Object.entries(form))].join('\n'),
      );
    });
};
