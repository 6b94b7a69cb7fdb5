import type { TextReason } from '../core/api-client.ts';
import type { Register, Work } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { findCase } from '../core/cases.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { actAs } from '../core/people.ts';
import { show, when } from '../core/print.ts';
import { uploadProof, uploadProofs } from '../core/proof.ts';

interface Options {
  readonly method: string;
  readonly proof: string[];
  readonly witness?: string;
  readonly circumstances?: string;
  readonly claimsPaid?: boolean;
}

interface Served {
  readonly counts: boolean;
  readonly reasons: readonly TextReason[];
  readonly stopAt?: string;
  readonly stopUntil?: string;
}

async function serve(work: Work, which: string, options: Options): Promise<Served & { kind: string }> {
  const view = await findCase(work.target.api, which);
  const notice = view.notices.findLast(({ status }) => status === 'prepared');
  if (notice === undefined) throw new CliError(`No notice of ${which} waits to be served.`, EXIT.refused);
  const api = await actAs(work, 'reader', view.centreId);
  const account = await work.target.api.get<{ meterNo: string }>(`/accounts/${view.accountNo}`);
  const proofs = await uploadProofs(api, options.proof);
  const isSimulated = work.target.stack !== undefined && work.target.stack.simOrigin !== null;
  if (proofs.length === 0 && isSimulated && options.method !== 'not-served')
    proofs.push(await uploadProof(api, Buffer.from(`${options.method} ${notice.noticeId}`)));
  const answer = await api.post<Served>(`/notices/${encodeURIComponent(notice.noticeId)}/services`, {
    body: {
      method: options.method,
      meterNo: account.meterNo,
      proofs,
      witness:
        options.witness ?? (options.method === 'refusal' && isSimulated ? '社区网格员 何平' : undefined),
      circumstances:
        options.circumstances ?? (options.method === 'refusal' && isSimulated ? '用户拒绝签字' : undefined),
      claimsPaid: options.claimsPaid ?? false,
    },
  });
  return { ...answer, kind: notice.kind };
}

/** `fudian serve`: records the service of the notice that waits, or a refusal to sign. */
export const registerServe: Register = (program, world) => {
  program
    .command('serve')
    .description('record the service of the notice that waits to be served')
    .argument('<account|case>')
    .option('--method <method>', 'signature, photo, refusal, letter or not-served', 'signature')
    .option('--proof <file...>', 'photos or scans', [])
    .option('--witness <name>', 'who saw the refusal')
    .option('--circumstances <text>')
    .option('--claims-paid', 'the customer says it is paid: holds the stop')
    .action(async (which: string, options: Options, command) => {
      const work = workOf(command, world, 'auditor-lv');
      const served = await serve(work, which, options);
      show(work, served, ({ kind, counts, reasons, stopAt, stopUntil }) =>
        [
          `${kind} notice: ${counts ? 'served' : 'recorded, but it does not count as service'}`,
          ...reasons.map(({ text, code, clause }) => `  - ${text ?? code} (${clause})`),
          ...(stopAt === undefined ? [] : [`stop ${when(stopAt)} to ${when(stopUntil)}`]),
        ].join('\n'),
      );
      if (!served.counts) process.exitCode = EXIT.refused;
    });
};
