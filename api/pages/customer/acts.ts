import type { Request } from 'express';
import { fileObjection } from '../../../intake/credit/objections/file-objection.ts';
import { reportStillDark } from '../../../intake/customer/still-dark.ts';
import type { Intake } from '../../../intake/deps.ts';
import { setHold } from '../../../intake/holds/set-hold.ts';
import { recordLinkOpened } from '../../../intake/receipts/link-opened.ts';
import { recordRestored } from '../../../intake/restorations/record-restored.ts';
import { SystemRefused, SystemUnavailable } from '../../../systems/errors.ts';
import { checkPayments } from '../../check-payments.ts';
import type { ApiDeps } from '../../deps.ts';
import type { CustomerView, Due } from './view.ts';

/** What an act has to work with: the deps, whose page it is, and what was sent. */
export interface Acting {
  deps: ApiDeps;
  intake: Intake;
  token: string;
  view: CustomerView;
  readonly field: (name: string) => string;
}

export const fieldsOf =
  (request: Request) =>
  (name: string): string => {
    const body: unknown = request.body;
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
    return typeof value === 'string' ? value.trim() : '';
  };

const WORDS_MAX = 500;
const wordsOf = (acting: Acting, name: string): string => acting.field(name).slice(0, WORDS_MAX);
/** One case, or one stop, has one dispute of a kind and one request on this page; further ones go through 95598. */
const matterOf = ({ view }: Acting): string =>
  view.stop?.inForce === true ? view.stop.stopId : (view.account.caseId ?? view.account.accountId);

/** The customer says that the notice was read (L8). @returns what the page says next */
export async function sayRead({ intake, token }: Acting): Promise<string> {
  await recordLinkOpened(intake, { token });
  return 'read';
}

/** The customer asks for a plan: the procedure yields until the centre has answered (T1.2). */
export async function askPlan(acting: Acting): Promise<string> {
  const reason = wordsOf(acting, 'wish');
  if (reason === '') return 'no-words';
  const { accountId } = acting.view.account;
  await setHold(acting.intake, {
    ...{ accountId, kind: 'plan-asked', reason, by: 'customer' },
    factId: matterOf(acting),
  });
  return 'plan';
}

/** The customer disagrees; the clock of L5 starts. What was decided already is not asked again here. */
export async function dispute(acting: Acting): Promise<string> {
  const reason = wordsOf(acting, 'reason');
  if (reason === '') return 'no-words';
  const about = acting.field('about') === 'stop' ? 'stop' : 'billing';
  const { holdId } = await setHold(acting.intake, {
    ...{ accountId: acting.view.account.accountId, kind: 'dispute', about, reason, by: 'customer' },
    factId: `${matterOf(acting)}/${about}`,
  });
  const { intake } = acting;
  const ended = await intake.db.tx(intake.scope, (tx) =>
    tx.row('select 1 from holds where hold_id = $1 and ended_at is not null', [holdId]),
  );
  return ended === undefined ? 'dispute' : 'decided';
}

/** The customer says that a grade or a record is wrong: adverse effects rest at once (K8.2, L5). */
export async function objectToCredit(acting: Acting): Promise<string> {
  const words = wordsOf(acting, 'reason');
  if (words === '') return 'no-words';
  const [about = '', ...rest] = acting.field('about').split(':');
  const subjectId = rest.join(':');
  const scheme = (['colour', 'score', 'record'] as const).find((one) => one === about) ?? 'grade';
  await fileObjection(acting.intake, {
    ...{ accountId: acting.view.account.accountId, words, channel: 'web', by: 'customer' },
    ...(scheme === 'record' ? { scheme, subjectId } : { scheme }),
  });
  return 'objection';
}

/** 灯亮了: the customer's own word is proof of supply (T3.3), once a crew was sent and the customer has looked. */
export async function sayLight({ intake, view, field }: Acting): Promise<string> {
  const { stop } = view;
  if (stop?.inForce !== true || !stop.isUnderWay || field('sure') !== 'yes') return '';
  const proof = { kind: 'customer', saysLightIsOn: true } as const;
  await recordRestored(intake, { stopId: stop.stopId, by: 'customer', proof });
  return 'light';
}

/** Still dark: somebody on duty looks at once. */
export async function sayDark({ intake, view }: Acting): Promise<string> {
  if (view.standing !== 'restored' || view.stop === undefined) return '';
  await reportStillDark(intake, { accountId: view.account.accountId, stopId: view.stop.stopId });
  return 'dark';
}

const FEN = /^(\d{1,8})(?:\.(\d{1,2}))?$/;

/** What is to be paid: the sum that clears, all that is overdue, or the customer's own sum; undefined = no lawful amount. */
function orderOf({ view, field }: Acting): Due | undefined {
  const { due, debt } = view;
  const all: Due = { fen: debt.sumFen, for: 'all', billIds: debt.bills.map(({ billId }) => billId) };
  if (field('what') === 'due') return due.fen > 0 ? due : undefined;
  if (field('what') === 'all') return all.fen > 0 ? all : undefined;
  const [, yuan = '', cents = ''] = FEN.exec(field('amount')) ?? [];
  const fen = yuan === '' ? 0 : Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
  const most = Math.max(due.fen, all.fen);
  return fen > 0 && fen <= most ? { ...(due.fen > 0 ? due : all), fen } : undefined;
}

/** Opens billing's payment page for what was chosen. @returns its address and the sum, or what the page says instead */
export async function openPayment(acting: Acting): Promise<{ payUrl: string; fen: number } | string> {
  const { deps, view, token } = acting;
  const order = orderOf(acting);
  if (order === undefined) return 'no-amount';
  const lang = acting.field('lang') === 'en' ? '?lang=en' : '';
  try {
    const { payUrl } = await deps.systems.billing.openPaymentPage({
      accountNo: view.account.accountNo,
      amountFen: order.fen,
      billIds: order.billIds,
      returnUrl: `${deps.settings.PUBLIC_URL}/l/${token}/paid${lang}`,
      orderedAt: view.now,
    });
    return { payUrl, fen: order.fen };
  } catch (error) {
    if (error instanceof SystemUnavailable || error instanceof SystemRefused) return 'pay-later';
    throw error;
  }
}

/** Back from the payment page: the way back proves nothing, so billing itself is asked. Its silence leaves the page waiting. */
export async function cameBack({ deps, intake, view }: Acting): Promise<string> {
  const { accountId, accountNo } = view.account;
  try {
    const { unseenPayments } = await checkPayments(intake, deps.systems.billing, {
      ...{ accountId, accountNo },
      source: 'customer-page',
    });
    // The webhook may have been quicker: what came within the last minutes is the payment just made.
    const isFresh = view.payments.some(
      ({ occurredAt }) => Date.parse(view.now) - Date.parse(occurredAt) < 15 * 60_000,
    );
    return unseenPayments > 0 || isFresh ? 'arrived' : 'waiting';
  } catch (error) {
    if (error instanceof SystemUnavailable || error instanceof SystemRefused) return 'waiting';
    throw error;
  }
}
