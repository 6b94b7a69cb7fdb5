import type { Register, Work } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { findCase, readAll } from '../core/cases.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { actAs } from '../core/people.ts';
import { show, table, when } from '../core/print.ts';
import { uploadProof, uploadProofs } from '../core/proof.ts';

interface Options {
  readonly proof: string[];
  readonly lightIsOn?: boolean;
  readonly check?: boolean;
}

interface Restoration {
  readonly accountNo: string;
  readonly causeAt: string;
  readonly deadlineAt: string;
  readonly missed: boolean;
  readonly status: string;
}

async function check(
  work: Work,
  accountNo: string,
): Promise<{ unseenPayments: number; restorationOwed: boolean }> {
  const { centreId } = await findCase(work.target.api, accountNo);
  const api = await actAs(work, 'clerk-95598', centreId);
  return api.post(`/accounts/${encodeURIComponent(accountNo)}/payment-check`, { body: {} });
}

async function restored(work: Work, accountNo: string, options: Options): Promise<{ restoredAt: string }> {
  const view = await findCase(work.target.api, accountNo);
  const stop = view.stops.findLast(({ inForce }) => inForce);
  if (stop === undefined) throw new CliError(`Account ${accountNo} is not stopped.`, EXIT.usage);
  const api = await actAs(work, options.lightIsOn === true ? 'clerk-95598' : 'crew', view.centreId);
  const path = `/stops/${encodeURIComponent(stop.stopId)}`;
  const proofs = await uploadProofs(api, options.proof);
  if (options.lightIsOn !== true && proofs.length === 0)
    proofs.push(await uploadProof(api, Buffer.from(`voltage at ${accountNo}`)));
  const proof =
    options.lightIsOn === true
      ? { kind: 'customer', saysLightIsOn: true }
      : { kind: 'voltage', voltagePresent: true };
  return api.post(`${path}/restored`, { body: { proof, proofs } });
}

/** `fudian restore`: what is to be restored; looks for payments (95598); records the proof of supply. */
export const registerRestore: Register = (program, world) => {
  program
    .command('restore')
    .description('record that supply is back; without an account: what has to be restored')
    .argument('[account]')
    .option('--check', 'look in billing for a payment first, as 95598 does')
    .option('--light-is-on', 'the customer says so, instead of measured voltage')
    .option('--proof <file...>', 'photos', [])
    .action(async (accountNo: string | undefined, options: Options, command) => {
      const work = workOf(command, world, 'auditor-lv');
      if (accountNo === undefined) {
        const open = await readAll<Restoration>(work.target.api, '/restorations');
        const rows = open.map((one) => [
          one.accountNo,
          one.status,
          when(one.causeAt),
          when(one.deadlineAt),
          one.missed,
        ]);
        show(work, open, () =>
          open.length === 0
            ? 'Nothing to restore.'
            : table(['account', 'status', 'cause', 'deadline', 'late'], rows),
        );
      } else if (options.check === true) {
        show(
          work,
          await check(work, accountNo),
          (found) =>
            `${found.unseenPayments} payment(s) not seen before; restoration ${found.restorationOwed ? 'is owed' : 'is not owed'}`,
        );
      } else {
        show(
          work,
          await restored(work, accountNo, options),
          ({ restoredAt }) => `restored at ${when(restoredAt)}`,
        );
      }
    });
};
