import { ApiRefusal } from '../core/api-client.ts';
import type { TextReason } from '../core/api-client.ts';
import type { Register, Work } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { EXIT } from '../core/exit.ts';
import { actAs } from '../core/people.ts';
import { show, table } from '../core/print.ts';

/** What became of one account. */
export interface LaunchResult {
  readonly accountNo: string;
  readonly caseId: string | null;
  readonly reasons: readonly TextReason[];
}

const centreOf = async (work: Work, accountNo: string): Promise<string> =>
  (await work.target.api.get<{ centreId: string }>(`/accounts/${encodeURIComponent(accountNo)}`)).centreId;

async function launchOne(work: Work, accountNo: string): Promise<LaunchResult> {
  const api = await actAs(work, 'centre', await centreOf(work, accountNo));
  try {
    const { caseId } = await api.post<{ caseId: string }>('/cases', { body: { accountNo } });
    return { accountNo, caseId, reasons: [] };
  } catch (error) {
    if (error instanceof ApiRefusal && error.exitCode === EXIT.refused)
      return { accountNo, caseId: null, reasons: error.problem.reasons ?? [] };
    throw error;
  }
}

/** `fudian launch`: opens cases for accounts that screening lets through. */
export const registerLaunch: Register = (program, world) => {
  program
    .command('launch')
    .description('open a case for each account that may enter collection')
    .argument('<account...>')
    .action(async (accounts: string[], _options, command) => {
      const work = workOf(command, world, 'auditor-lv');
      const results: LaunchResult[] = [];
      for (const accountNo of accounts) results.push(await launchOne(work, accountNo));
      show(work, results, () =>
        table(
          ['account', 'case', 'why not'],
          results.map(({ accountNo, caseId, reasons }) => [
            accountNo,
            caseId ?? '-',
            reasons.map(({ text, code, clause }) => `${text ?? code} (${clause})`).join('\n'),
          ]),
        ),
      );
      if (results.every(({ caseId }) => caseId === null)) process.exitCode = EXIT.refused;
    });
};
