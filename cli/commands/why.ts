import type { TextReason } from '../core/api-client.ts';
import type { Register } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { show } from '../core/print.ts';
import { langOf } from '../core/target.ts';

interface Why {
  readonly accountNo: string;
  readonly inCollection: boolean;
  readonly stage: string | null;
  readonly outcome: 'permitted' | 'refused' | 'undetermined';
  readonly reasons: readonly TextReason[];
  readonly whatWouldChange: readonly string[];
}

const WORDS = {
  zh: {
    permitted: '可以发起催费。',
    refused: '不得发起催费：',
    undetermined: '尚不能判断是否可以发起催费：',
    in: '催费中，',
    out: '未在催费',
    change: '怎样才会改变：',
  },
  en: {
    permitted: 'It may enter collection.',
    refused: 'It may not enter collection:',
    undetermined: 'It is not known whether it may enter collection:',
    in: 'in collection, ',
    out: 'not in collection',
    change: 'What would change it:',
  },
} as const;

const whyText =
  (lang: 'zh' | 'en') =>
  (why: Why): string => {
    const words = WORDS[lang];
    return [
      `${why.accountNo}: ${why.inCollection ? `${words.in}${why.stage}` : words.out}`,
      ...(why.inCollection && why.reasons.length === 0 ? [] : [words[why.outcome]]),
      ...why.reasons.map(({ text, code, clause }) => `  - ${text ?? code} (${clause})`),
      ...(why.whatWouldChange.length === 0 ? [] : [words.change]),
      ...why.whatWouldChange.map((change) => `  - ${change}`),
    ].join('\n');
  };

/** `fudian why`: why an account is, or is not, in collection. */
export const registerWhy: Register = (program, world) => {
  program
    .command('why')
    .description('why an account is, or is not, in collection, and what would change it')
    .argument('<account>')
    .action(async (accountNo: string, _options, command) => {
      const work = workOf(command, world, 'auditor-lv');
      const why = await work.target.api.get<Why>(`/accounts/${encodeURIComponent(accountNo)}/why`);
      show(work, why, whyText(langOf(work.options, world)));
    });
};
