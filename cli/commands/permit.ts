import type { Register, Work } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { findCase } from '../core/cases.ts';
import { actAs } from '../core/people.ts';
import { show, when } from '../core/print.ts';
import { uploadProof, uploadProofs } from '../core/proof.ts';
import { findTicket } from '../core/tickets.ts';

interface Options {
  readonly meter?: string;
  readonly inDoubt?: boolean;
  readonly execute?: boolean;
  readonly proof: string[];
}

interface Permitted {
  readonly permitId: string;
  readonly expiresAt: string;
  readonly stopId?: string;
  readonly classification?: string;
}

async function permit(work: Work, which: string, options: Options): Promise<Permitted> {
  const { api } = work.target;
  const ticket = await findTicket(api, which, 'stop');
  const { centreId } = await findCase(api, ticket.accountNo);
  const crew = await actAs(work, 'crew', centreId);
  const meterNo = options.meter ?? ticket.meterNo;
  const path = `/tickets/${encodeURIComponent(ticket.ticketId)}`;
  const granted = await crew.post<Permitted>(`${path}/permits`, {
    body: { readMeterNo: meterNo, inDoubt: options.inDoubt ?? false },
  });
  if (options.execute !== true) return granted;
  const proofs = await uploadProofs(crew, options.proof);
  if (proofs.length === 0)
    proofs.push(await uploadProof(crew, Buffer.from(`meter ${meterNo}, switched off`)));
  const done = await crew.post<{ stopId: string; classification: string }>(`${path}/executions`, {
    body: { permitId: granted.permitId, meterNo, readingKwh: null, proofs },
  });
  return { ...granted, ...done };
}

/** `fudian permit`: asks for the permit on site, and with --execute stops and proves it. */
export const registerPermit: Register = (program, world) => {
  program
    .command('permit')
    .description('ask on site for the permit to stop; refused with every reason')
    .argument('<account|ticket>')
    .option('--meter <no>', 'the number read on site; that of the ticket unless told')
    .option('--in-doubt', 'not sure of the meter: the reader has to identify it')
    .option('--execute', 'stop under the permit and record the proof')
    .option('--proof <file...>', 'photos', [])
    .action(async (which: string, options: Options, command) => {
      const work = workOf(command, world, 'auditor-lv');
      show(work, await permit(work, which, options), (answer) =>
        answer.stopId === undefined
          ? `permitted until ${when(answer.expiresAt)}`
          : `stopped: ${answer.classification} (${answer.stopId})`,
      );
    });
};
