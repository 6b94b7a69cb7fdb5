import type { Register, Work } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { readAll } from '../core/cases.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { actAs } from '../core/people.ts';
import { show, table, when } from '../core/print.ts';

interface Approval {
  readonly approvalId: string;
  readonly accountNo: string;
  readonly centreId: string;
  readonly status: string;
  readonly requiredRoles: readonly string[];
  readonly applicantId: string;
  readonly expiresAt: string;
  readonly signatures: readonly { role: string; approverId: string }[];
}

const pending = (work: Work): Promise<Approval[]> => readAll<Approval>(work.target.api, '/approvals');

const listText = (approvals: readonly Approval[]): string =>
  approvals.length === 0
    ? 'Nothing waits for approval.'
    : table(
        ['account', 'centre', 'needs', 'signed', 'expires'],
        approvals.map((approval) => [
          ...[approval.accountNo, approval.centreId, approval.requiredRoles.join(', ')],
          ...[approval.signatures.map(({ approverId }) => approverId).join(', '), when(approval.expiresAt)],
        ]),
      );

async function decide(work: Work, which: string, decision: string, reason: string): Promise<string> {
  const found = (await pending(work)).find((item) => item.accountNo === which || item.approvalId === which);
  if (found === undefined) throw new CliError(`Nothing of ${which} waits for approval.`, EXIT.usage);
  const path = `/approvals/${encodeURIComponent(found.approvalId)}/decisions`;
  let status = found.status;
  // In the district every role that still has to sign does; a named person signs once.
  const missing = found.requiredRoles.filter((role) => !found.signatures.some((one) => one.role === role));
  for (const role of work.options.as === undefined ? missing : missing.slice(0, 1)) {
    const api = await actAs(work, role, found.centreId);
    ({ status } = await api.post<{ status: string }>(path, { body: { decision, reason } }));
    if (status !== 'pending') break;
  }
  return status;
}

/** `fudian approve`: what waits for approval, and the decision on it. */
export const registerApprove: Register = (program, world) => {
  program
    .command('approve')
    .description('approve (or refuse) a stop; without an account: what waits')
    .argument('[account|approval]')
    .option('--refuse', 'refuse it')
    .option('--reason <text>', 'why', '核对无误')
    .action(async (which: string | undefined, options: { refuse?: boolean; reason: string }, command) => {
      const work = workOf(command, world, 'auditor-lv');
      if (which === undefined) {
        show(work, await pending(work), listText);
        return;
      }
      const status = await decide(
        work,
        which,
        options.refuse === true ? 'refuse' : 'approve',
        options.reason,
      );
      show(work, { which, status }, () => `${which}: ${status}`);
    });
};
