import type { Dice } from '../../sim/district/dice.ts';
import type { TownAccount } from '../support/town/account.ts';
import { count, type Breach } from './journal.ts';
import type { Hands } from './hands.ts';
import { offsetOf } from './time.ts';

/** What happens on site is told as the crew's life: its hands, its customer, its chance. */
export interface OnSite {
  readonly hands: Hands;
  readonly account: TownAccount;
  readonly dice: Dice;
  readonly photo: string;
  /** Something else happens meanwhile (a payment, a dispute). */
  meanwhile(): Promise<void>;
  /** Case time goes on by so much. */
  later(byMs: number): Promise<void>;
}

const CREW = 'crew-wu';
const path = encodeURIComponent;
const caseNow = async ({ hands, account }: OnSite): Promise<string> =>
  new Date(Date.now() + (await offsetOf(hands.stand, account.accountId))).toISOString();

type Permit = { permitId: string; expiresAt: string };

async function askPermit(site: OnSite, ticketId: string, asked: { readMeterNo: string; inDoubt?: boolean }) {
  const answer = await site.hands.post<Permit>(CREW, `/tickets/${path(ticketId)}/permits`, asked, {
    ...{ kind: 'permit', accountNo: site.account.accountNo, ref: (body: Permit) => body.permitId },
  });
  count(site.hands.journal, answer.status < 300 ? 'permit granted' : 'permit refused');
  return answer.status < 300 ? answer.body : undefined;
}

/** The switch is thrown: from here on it has happened, whoever hears of it. */
async function throwSwitch(
  site: OnSite,
  ticketId: string,
  how: { permitId: string | null; meterNo: string; breach: Breach },
): Promise<string> {
  const at = await caseNow(site);
  const { meterNo, permitId, breach } = how;
  const { accountNo } = site.account;
  site.hands.journal.switches.push({ accountNo, ticketId, meterNo, permitId, at, breach });
  count(site.hands.journal, breach === null ? 'switched off' : `breach: ${breach}`);
  if (meterNo === site.account.meterNo) await site.hands.stand.sim.meters.operate(meterNo, 'open');
  return at;
}

async function report(
  site: OnSite,
  ticketId: string,
  how: { permitId: string | null; meterNo: string; at?: string },
) {
  const { permitId, meterNo, at } = how;
  return site.hands.post<{ stopId: string; classification: string }>(
    CREW,
    `/tickets/${path(ticketId)}/executions`,
    {
      ...{ permitId, meterNo, readingKwh: 100, proofs: [site.photo] },
      ...(at === undefined ? {} : { occurredAt: at }),
    },
    { kind: 'execution', accountNo: site.account.accountNo, ref: (body) => body.stopId },
  );
}

async function isRecalled(site: OnSite, ticketId: string): Promise<boolean> {
  const { status, body } = await site.hands.get<{ status: string }>(CREW, `/tickets/${path(ticketId)}`);
  return status >= 300 || !['raised', 'dispatched'].includes(body.status);
}

/** As it should be: permit, look at the device, switch, report; now and then the report comes late, or twice. */
async function byTheBook(site: OnSite, ticketId: string): Promise<void> {
  const { dice, account } = site;
  const permit = await askPermit(site, ticketId, { readMeterNo: account.meterNo });
  if (permit === undefined) return;
  if (dice.chance(15)) await site.meanwhile();
  if (await isRecalled(site, ticketId)) {
    await site.hands.post(CREW, `/tickets/${path(ticketId)}/stand-down-acknowledgement`, {});
    count(site.hands.journal, 'crew turned back');
    return;
  }
  const { permitId } = permit;
  const at = await throwSwitch(site, ticketId, { permitId, meterNo: account.meterNo, breach: null });
  const isLate = dice.chance(25);
  if (isLate) {
    // Out of reach: what happens now happens before anybody hears of the stop.
    if (dice.chance(60)) await site.meanwhile();
    if (dice.chance(50)) await site.later(dice.whole(1, 300) * 60_000);
  }
  const told = { permitId, meterNo: account.meterNo, ...(isLate || dice.chance(30) ? { at } : {}) };
  await report(site, ticketId, told);
  if (dice.chance(15)) await report(site, ticketId, told);
  if (dice.chance(5)) {
    const other = await report(site, ticketId, { ...told, permitId: null });
    if (other.status < 300) site.hands.journal.wrongAnswers.push(`${ticketId}: a second stop was accepted`);
  }
}

async function atTheWrongDoor(site: OnSite, ticketId: string): Promise<void> {
  const permit = await askPermit(site, ticketId, { readMeterNo: 'M-next-door' });
  if (permit !== undefined) site.hands.journal.wrongAnswers.push(`${ticketId}: permitted at the wrong meter`);
  await byTheBook(site, ticketId);
}

async function inDoubt(site: OnSite, ticketId: string): Promise<void> {
  const { meterNo } = site.account;
  const permit = await askPermit(site, ticketId, { readMeterNo: meterNo, inDoubt: true });
  if (permit !== undefined) site.hands.journal.wrongAnswers.push(`${ticketId}: permitted though in doubt`);
  await site.hands.post('reader-zhang', `/tickets/${path(ticketId)}/meter-identification`, {
    ...{ meterNo, proofs: [site.photo] },
  });
  await byTheBook(site, ticketId);
}

async function notDone(site: OnSite, ticketId: string): Promise<void> {
  await site.hands.post(
    CREW,
    `/tickets/${path(ticketId)}/not-done`,
    { reason: 'no-access' },
    { kind: 'not-done', accountNo: site.account.accountNo, ref: ticketId },
  );
}

/** What a crew must never do and one day does: each has to be found, told apart and undone. */
async function breaks(site: OnSite, ticketId: string): Promise<void> {
  const { dice, account } = site;
  const breach = dice.pick(['no-permit', 'permit-expired', 'wrong-meter'] as const);
  const permit =
    breach === 'no-permit' ? undefined : await askPermit(site, ticketId, { readMeterNo: account.meterNo });
  if (breach !== 'no-permit' && permit === undefined) return;
  if (breach === 'permit-expired') await site.later(11 * 60_000);
  const meterNo = breach === 'wrong-meter' ? 'M-next-door' : account.meterNo;
  const how = { permitId: permit?.permitId ?? null, meterNo };
  const at = await throwSwitch(site, ticketId, { ...how, breach });
  const answer = await report(site, ticketId, { ...how, at });
  if (answer.status < 300 && answer.body.classification !== 'wrongful')
    site.hands.journal.wrongAnswers.push(`${ticketId}: ${breach} was called ${answer.body.classification}`);
}

/** The crew stands at the meter, the stop time is there. */
export async function workOnSite(site: OnSite, ticketId: string): Promise<void> {
  const doIt = site.dice.weighed([
    [74, byTheBook],
    [5, atTheWrongDoor],
    [5, inDoubt],
    [5, notDone],
    [5, breaks],
    // Nobody comes: the interval passes.
    [6, () => Promise.resolve()],
  ] as const);
  await doIt(site, ticketId);
}
