import { randomUUID } from 'node:crypto';
import { caseNowMs } from '../../db/case-clock.ts';
import { wholeCompany } from '../../db/database.ts';
import { accountIdOf, withBehind } from '../core/behind.ts';
import type { Register } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { show, when, yuan } from '../core/print.ts';
import { needDistrict, needStack } from '../core/target.ts';

interface Options {
  readonly amount: string;
  readonly inFlight?: boolean;
  readonly lost?: boolean;
}

const amountOf = (text: string): 'all' | 'half' | number => {
  if (text === 'all' || text === 'half') return text;
  if (!/^\d+(\.\d{1,2})?$/.test(text)) throw new CliError(`"${text}" is not an amount in yuan.`, EXIT.usage);
  return Math.round(Number(text) * 100);
};

/** `fudian pay`: the customer pays at the simulated billing system, in the time of the case. */
export const registerPay: Register = (program, world) => {
  program
    .command('pay')
    .description('the customer pays (simulated district)')
    .argument('<account>')
    .option('--amount <yuan>', 'yuan, all or half', 'all')
    .option('--in-flight', 'the channel has it, billing has not posted it')
    .option('--lost', 'the webhook about it is lost: the daily watch has to find it')
    .action(async (accountNo: string, options: Options, command) => {
      const work = workOf(command, world, 'auditor-lv');
      const district = needDistrict(work.target);
      const nowMs = await withBehind(needStack(work.target), async (behind) => {
        const accountId = await accountIdOf(behind, accountNo);
        return behind.db.tx(wholeCompany(behind.companyId), (tx) => caseNowMs(tx, accountId));
      });
      const owed = (await district.accountNow(accountNo)).bills.reduce(
        (sum, bill) => sum + bill.principalFen - bill.paidFen,
        0,
      );
      if (owed <= 0) throw new CliError(`${accountNo} owes nothing.`, EXIT.refused);
      const payment = await district.pay({
        accountNo,
        paymentId: `pay-${randomUUID()}`,
        channel: 'wechat',
        amount: amountOf(options.amount),
        occurredAt: new Date(nowMs).toISOString(),
        as: options.inFlight === true ? 'in-flight' : 'posted',
        webhook: options.lost === true ? 'lost' : 'sent',
      });
      show(
        work,
        payment,
        ({ amountFen, occurredAt }) => `${accountNo} paid ${yuan(amountFen)} at ${when(occurredAt)}`,
      );
    });
};
