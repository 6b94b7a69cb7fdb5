import { setTimeout as sleep } from 'node:timers/promises';
import { ApiRefusal } from '../core/api-client.ts';
import { readAll } from '../core/cases.ts';
import type { Register } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { show, table } from '../core/print.ts';

interface Reconciliation {
  readonly reconciliationId: string;
  readonly dryRun: boolean;
  readonly parts: Readonly<Record<string, number | 'failed'>>;
  readonly finishedAt: string | null;
}

interface Difference {
  readonly kind: string;
  readonly subjectId: string;
  readonly accountNo: string | null;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const LOOK_EVERY_MS = 500;

const inWords = (detail: Readonly<Record<string, unknown>>): string =>
  Object.entries(detail)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

/** `fudian reconcile`: compares the books with engine, billing, crews and meters, mends what it can and says the rest. */
export const registerReconcile: Register = (program, world) => {
  program
    .command('reconcile')
    .description('compare the books with engine, billing, crews and meters; mend or report every difference')
    .option('--dry-run', 'say what differs and mend nothing')
    .option('--timeout <minutes>', 'how long to wait for the end', '60')
    .action(async (options: { dryRun?: boolean; timeout: string }, command) => {
      const work = workOf(command, world, 'operator-shi');
      const { api } = work.target;
      const dryRun = options.dryRun === true;
      const { reconciliationId } = await api.post<{ reconciliationId: string }>('/reconciliations', {
        body: { dryRun },
      });
      const path = `/reconciliations/${reconciliationId}`;
      const untilMs = performance.now() + Number(options.timeout) * 60_000;
      let run: Reconciliation | undefined;
      while (run === undefined || run.finishedAt === null) {
        if (performance.now() > untilMs)
          throw new CliError(`${reconciliationId} goes on; look again at GET ${path}`, EXIT.failed);
        await sleep(LOOK_EVERY_MS);
        run = await api.get<Reconciliation>(path).catch((error: unknown) => {
          // Its books are not open yet: a worker that is away begins later.
          if (error instanceof ApiRefusal && error.status === 404) return undefined;
          throw error;
        });
      }
      const differences = await readAll<Difference>(api, `${path}/differences`, {});
      const failed = Object.entries(run.parts).filter(([, compared]) => compared === 'failed');
      show(work, { ...run, differences }, (answer) =>
        [
          `Compared: ${Object.entries(answer.parts)
            .map(([part, compared]) => `${part} ${compared}`)
            .join(', ')}`,
          answer.differences.length === 0
            ? 'No difference.'
            : table(
                ['what', 'action', 'account', 'subject', 'detail'],
                answer.differences.map((one) => [
                  one.kind,
                  one.action,
                  one.accountNo,
                  one.subjectId,
                  inWords(one.detail),
                ]),
              ),
          ...(failed.length === 0 ? [] : ['What failed could not be compared: fudian doctor says why.']),
        ].join('\n'),
      );
      const isLeft = differences.some(({ action }) => action !== 'mended');
      if (isLeft || failed.length > 0) process.exitCode = EXIT.failed;
    });
};
