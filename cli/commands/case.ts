import type { Register } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { findCase, readAll } from '../core/cases.ts';
import type { CaseItem } from '../core/cases.ts';
import { show, table, when } from '../core/print.ts';
import { timeline } from '../core/timeline.ts';
import { langOf } from '../core/target.ts';
import { registerFastForward } from './fast-forward.ts';

/** `fudian case list | show | fast-forward`. */
export const registerCase: Register = (program, world) => {
  const cases = program.command('case').description('look at cases');
  cases
    .command('list')
    .description('cases of your centres, the newest first')
    .option('--status <status>', 'open or closed')
    .option('--stage <stage>', 'e.g. red-service')
    .option('--centre <centreId>')
    .option('--limit <n>', 'how many at most', '100')
    .action(async (options: Record<'status' | 'stage' | 'centre' | 'limit', string>, command) => {
      const work = workOf(command, world, 'auditor-lv');
      const query = { status: options.status, stage: options.stage, centreId: options.centre };
      const items = await readAll<CaseItem>(work.target.api, '/cases', query, Number(options.limit));
      show(work, items, () =>
        items.length === 0
          ? 'No cases. `fudian launch <account>` opens one.'
          : table(
              ['account', 'centre', 'stage', 'attempt', 'since', 'opened', 'outcome'],
              items.map((item) => [
                ...[item.accountNo, item.centreId, item.stage, item.attempt],
                ...[when(item.stageSince), when(item.openedAt), item.outcome],
              ]),
            ),
      );
    });
  cases
    .command('show')
    .description('what happened, why, and what comes next')
    .argument('<account|case>')
    .action(async (which: string, _options, command) => {
      const work = workOf(command, world, 'auditor-lv');
      show(work, await findCase(work.target.api, which), (view) =>
        timeline(view, langOf(work.options, world)),
      );
    });
  registerFastForward(cases, world);
};
