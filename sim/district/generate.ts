import type { DistrictAccount, DistrictBill } from '../billing/account.ts';
import { districtAccount, fillAccount } from '../billing/account.ts';
import type { CustomerBehaviour } from './behaviour.ts';
import { daysAfter, monthOf } from './dates.ts';
import type { Dice } from './dice.ts';
import { diceOf } from './dice.ts';
import { addressIn, firmName, personName } from './names.ts';
import { temperOf } from './temper.ts';

/** Which district to make; the same plan makes the same district on every machine. */
export interface DistrictPlan {
  seed: string;
  accounts: number;
  /** Civil date on which it is looked at; due dates lie before and shortly after it. */
  today: string;
}

/** An account and how its customer behaves. */
export interface Customer {
  account: DistrictAccount;
  behaviour: CustomerBehaviour;
}

const centres = [
  { centreId: 'centre-1', region: '淮阴区', readers: ['reader-zhang', 'reader-li'] },
  { centreId: 'centre-2', region: '清江浦区', readers: ['reader-wang', 'reader-feng'] },
] as const;

/** Share of each category in a hundred, and its bill in whole yuan. */
const kinds = {
  resident: { weight: 82, yuan: [25, 900], kva: null },
  'non-resident': { weight: 11, yuan: [180, 9_000], kva: null },
  'dedicated-transformer': { weight: 4, yuan: [8_000, 260_000], kva: [100, 1_250] },
  important: { weight: 1, yuan: [20_000, 400_000], kva: [400, 2_000] },
  'continuous-process': { weight: 1, yuan: [30_000, 600_000], kva: [630, 4_000] },
  'master-meter': { weight: 1, yuan: [2_000, 40_000], kva: [160, 630] },
} as const;
type Category = keyof typeof kinds;

const categories = Object.keys(kinds) as Category[];

/** The customers of a district, one after the other; account n is the same whatever the number of accounts. */
export function* generateDistrict(plan: DistrictPlan): Generator<Customer> {
  for (let index = 0; index < plan.accounts; index += 1) yield customerOf(plan, index);
}

function customerOf({ seed, today }: DistrictPlan, index: number): Customer {
  const dice = diceOf(`${seed}/${index}`);
  const category = dice.weighed(categories.map((name) => [kinds[name].weight, name] as const));
  const isResident = category === 'resident';
  const { kva } = kinds[category];
  const centre = centres[index % centres.length] ?? centres[0];
  const accountNo = `3208${String(index).padStart(8, '0')}`;
  const customerName = isResident ? personName(dice) : firmName(dice, category === 'important');
  const agreedChannel = dice.weighed([
    [55, null],
    [30, 'sms' as const],
    [15, 'email' as const],
  ]);
  const parsed = districtAccount.parse({
    accountNo,
    customerName,
    // Some firms owe for several meters.
    customerNo: isResident || dice.chance(90) ? undefined : `K-${seed}-${index % 50}`,
    address: addressIn(dice, centre.region, isResident),
    phone: agreedChannel === null && dice.chance(6) ? null : `139${String(index).padStart(8, '0')}`,
    email: agreedChannel === 'email' || dice.chance(20) ? `kehu-${index}@example.invalid` : null,
    region: centre.region,
    centreId: centre.centreId,
    readerId: dice.pick(centre.readers),
    customerClass: isResident ? 'resident' : 'non-resident',
    category,
    capacityKva: kva === null ? null : dice.whole(kva[0], kva[1]),
    remoteSwitch: category !== 'master-meter' && dice.chance(40),
    prepaidContract: dice.chance(3),
    protection: isResident ? dice.weighed(protections) : 'none',
    agreedChannel,
    agreedOn: agreedChannel === null ? null : daysAfter(today, -dice.whole(200, 1_500)),
    bills: billsOf(dice, accountNo, category, today),
  });
  return { account: fillAccount(parsed), behaviour: temperOf(dice) };
}

const protections = [
  [96, 'none'],
  [3, 'registered'],
  [1, null],
] as const;

function billsOf(dice: Dice, accountNo: string, category: Category, today: string): DistrictBill[] {
  const months = dice.weighed([
    [12, 0],
    [52, 1],
    [24, 2],
    [12, 4],
  ]);
  const newestDue = daysAfter(today, dice.whole(-28, 3));
  const bills = Array.from({ length: months }, (_, back) =>
    billDue(
      dice,
      `${accountNo}-${back}`,
      'electricity',
      kinds[category].yuan,
      daysAfter(newestDue, -30 * back),
    ),
  );
  if (dice.chance(5)) bills.push(billDue(dice, `${accountNo}-w`, 'water', [10, 120], newestDue));
  return bills;
}

function billDue(
  dice: Dice,
  billId: string,
  service: DistrictBill['service'],
  [fromYuan, toYuan]: readonly [number, number],
  dueDate: string,
): DistrictBill {
  const principalFen = dice.whole(fromYuan * 100, toYuan * 100);
  return {
    billId,
    service,
    period: monthOf(daysAfter(dueDate, -25)),
    principalFen,
    paidFen: dice.weighed([
      [88, 0],
      [8, Math.floor(principalFen / 3)],
      [4, principalFen],
    ]),
    issuedDate: daysAfter(dueDate, -15),
    dueDate,
    disputed: dice.chance(1.5),
  };
}
