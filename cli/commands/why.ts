import type { TextReason } from '../core/api-client.ts';
import type { Register } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { show } from '../core/print.ts';

interface Why {
  readonly accountNo: string;
  readonly inCollection: boolean;
  readonly stage: string | null;
  readonly outcome: string;
  readonly reasons: readonly TextReason[];
  readonly whatWouldChange: readonly string[];
}

const verdicts: Record<string, string> = {
  permitted: 'It may enter collection.',
  refused: 'It may not enter collection:',
  undetermined: 'It is not known whether it may enter collection:',
};

const whyText = (why: Why): string =>
  [
    `${why.accountNo}: ${why.inCollection ? `in collection, ${why.stage}` : 'not in collection'}`,
    ...(why.inCollection && why.reasons.length === 0 ? [] : [verdicts[why.outcome] ?? why.outcome]),
    ...why.reasons.map(({ text, code, clause }) => `  - ${text ?? code} (${clause})`),
    ...(why.whatWouldChange.length === 0 ? [] : ['What would change it:']),
    ...why.whatWouldChange.map((change) => `  - ${change}`),
  ].join('\n');

/** `fudian why`: why an account is, or is not, in collection. */
export const registerWhy: Register = (program, world) => {
  program
    .command('why')
    .description('why an account is, or is not, in collection, and what would change it')
    .argument('<account>')
    .action(async (accountNo: string, _options, command) => {
      const work = workOf(command, world, 'auditor-lv');
      show(work, await work.target.api.get<Why>(`/accounts/${encodeURIComponent(accountNo)}/why`), whyText);
    });
};
