import pc from 'picocolors';
import { wholeCompany } from '../../db/database.ts';
import { reasonText } from '../../rules/reasons/reason-text.ts';
import type { Reason } from '../../rules/verdict.ts';
import { when, yuan } from '../core/print.ts';
import type { Lived } from './live-through.ts';
import type { Street } from './street.ts';
import { wordsFor } from '../core/words.ts';
import type { Lang } from '../core/words.ts';

interface Line {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly body: Record<string, unknown>;
}

interface Decision {
  readonly at: string;
  readonly question: string;
  readonly outcome: string;
  readonly reasons: readonly Reason[];
}

const history = (street: Street, { accountId }: Lived): Promise<{ lines: Line[]; decisions: Decision[] }> =>
  street.db.tx(wholeCompany(street.companyId), async (tx) => ({
    lines: await tx.rows<Line>(
      'select occurred_at as at, actor, action, body from audit where chain_id = $1 or chain_id in (select case_id from cases where account_id = $1) order by recorded_at, n',
      [accountId],
    ),
    decisions: await tx.rows<Decision>(
      `select occurred_at as at, question, outcome, reasons || missing as reasons from decisions
        where account_id = $1 and outcome <> 'permitted' order by recorded_at`,
      [accountId],
    ),
  }));

const because = (reasons: readonly Reason[], lang: Lang): string =>
  reasons.map((reason) => `${reasonText(reason, lang)} (${reason.clause})`).join('; ');

/** One household's sixty days, line by line: what happened, and where something was not allowed, why. */
export async function tell(street: Street, lived: Lived, lang: Lang): Promise<string> {
  const { story } = lived;
  const head = `${story.account.customerName}  ${story.account.accountNo}  ${yuan(story.account.bills[0]?.principalFen)}  ${story.title[lang]}`;
  if (lived.refusal !== null) return [pc.bold(head), `  ${pc.yellow(lived.refusal.message)}`].join('\n');
  const { lines, decisions } = await history(street, lived);
  const told = [
    ...lines.flatMap(({ at, actor, action, body }) => {
      const words = wordsFor(action, body, lang);
      if (words === undefined) return [];
      return [
        {
          at,
          text: `${words}${['fudian', 'webhook', 'carrier'].includes(actor) ? '' : pc.dim(`  ${actor}`)}`,
        },
      ];
    }),
    ...decisions.map(({ at, question, outcome, reasons }) => ({
      at,
      text: pc.yellow(`${question}: ${outcome}: ${because(reasons, lang)}`),
    })),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return [pc.bold(head), ...told.map(({ at, text }) => `  ${when(at)}  ${text}`)].join('\n');
}
