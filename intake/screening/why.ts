import { caseNowMs } from '../../db/case-clock.ts';
import { readOpenCase } from '../../db/cases/read-open-case.ts';
import type { Tx } from '../../db/database.ts';
import type { Vault } from '../../db/keys/vault.ts';
import { findAccount } from '../../db/reads/find-account.ts';
import { reasonText, yuanText } from '../../rules/reasons/reason-text.ts';
import { overdueDebt } from '../../rules/screen/overdue-debt.ts';
import { IntakeRefused } from '../deps.ts';
import { screenAccount, type Screened } from './screen-account.ts';

/** Why an account is, or is not, in collection. */
export interface Why {
  accountNo: string;
  inCollection: boolean;
  /** Stage of the open case. */
  stage: string | undefined;
  outcome: Screened['outcome'];
  reasons: { code: string; clause: string; text: string }[];
  whatWouldChange: string[];
}

type Locale = 'zh' | 'en';

function consequences(screened: Screened, inCollection: boolean, locale: Locale): string[] {
  const debt = overdueDebt(screened.facts.bills, screened.facts.today);
  const sum = yuanText(debt.openFen);
  const zh = locale === 'zh';
  if (inCollection)
    return [
      zh
        ? `缴清逾期电费 ${sum}，或协商缴费计划、提出争议，流程即停止或暂缓。`
        : `Paying the overdue ${sum}, agreeing on a plan or disputing the bill ends or holds the case.`,
    ];
  if (screened.outcome === 'permitted')
    return [
      zh
        ? `逾期电费 ${sum}，最长逾期 ${debt.oldestDays} 天：现在就可以发起催费。`
        : `${sum} is overdue, the oldest bill by ${debt.oldestDays} days: a case may be launched now.`,
    ];
  return [...screened.missing, ...screened.reasons].map((reason) =>
    zh
      ? `此项消除后重新判断：${reasonText(reason, 'zh')}`
      : `Asked again once this is gone: ${reasonText(reason, 'en')}`,
  );
}

/** Says in words why an account is, or is not, in collection, and what would have to change. @throws IntakeRefused `unknown-account` (404) */
export async function whyAccount(tx: Tx, vault: Vault, accountNo: string, locale: Locale): Promise<Why> {
  const account = await findAccount(tx, accountNo);
  if (account === undefined) throw new IntakeRefused('unknown-account', 404);
  const screened = await screenAccount(tx, vault, account.accountId, await caseNowMs(tx, account.accountId));
  const openCase = await readOpenCase(tx, account.accountId);
  const inCollection = openCase !== undefined;
  const reasons = [...screened.missing, ...screened.reasons].filter(
    (reason) => !(inCollection && reason.code === 'case-already-open'),
  );
  return {
    accountNo,
    inCollection,
    stage: openCase?.stage,
    outcome: screened.outcome,
    reasons: reasons.map((reason) => ({
      code: reason.code,
      clause: reason.clause,
      text: reasonText(reason, locale),
    })),
    whatWouldChange: consequences(screened, inCollection, locale),
  };
}
