import type { DistrictAccountInput } from '../billing/account.ts';
import { districtAccount, fillAccount } from '../billing/account.ts';
import type { CustomerBehaviourInput } from './behaviour.ts';
import { customerBehaviour } from './behaviour.ts';
import { daysAfter, monthOf } from './dates.ts';
import type { Customer } from './generate.ts';

/** One household or firm of the example street, and what the person at the screen should do about it. */
export interface Story extends Customer {
  key: StoryKey;
  /** What will happen, in a few words. */
  title: { zh: string; en: string };
  /** What the story needs from outside: a shield over its region, for one. */
  needs: 'nothing' | 'shield';
}

interface Plot {
  title: Story['title'];
  account: DistrictAccountInput;
  behaviour: CustomerBehaviourInput;
  principalFen: number;
  needs?: Story['needs'];
}

const paysAll = { act: 'pay' } as const;
const street = '淮阴区复兴巷';
const shieldedRegion = '淮阴中学考点';

const plots = {
  'paid-early': {
    title: { zh: '首次催费后即缴清', en: 'pays after the first reminder' },
    account: { accountNo: '320899000001', customerName: '李早', address: `${street}1号` },
    behaviour: { acts: { 'first-dunning': [paysAll] } },
    principalFen: 18_640,
  },
  'refuses-to-sign': {
    title: { zh: '拒签通知书，最后缴费日缴清', en: 'refuses to sign, pays on the last day' },
    account: { accountNo: '320899000002', customerName: '王倔', address: `${street}2号` },
    behaviour: { door: 'refuses', acts: { 'last-payment-day': [paysAll] } },
    principalFen: 23_075,
  },
  'pays-while-crew-drives': {
    title: { zh: '抢在停电前缴费，作业人员召回', en: 'pays while the crew is on its way' },
    account: { accountNo: '320899000003', customerName: '赵急', address: `${street}3号` },
    behaviour: { acts: { 'crew-driving': [paysAll] } },
    principalFen: 31_290,
  },
  'stopped-and-restored': {
    title: { zh: '依法停电，缴费后按时复电', en: 'stopped lawfully, pays, restored in time' },
    account: { accountNo: '320899000004', customerName: '钱缓', address: `${street}4号` },
    behaviour: { acts: { stopped: [paysAll] } },
    principalFen: 42_415,
  },
  shielded: {
    title: { zh: '考试保电期内不停电', en: 'shielded while examinations last' },
    account: {
      accountNo: '320899000005',
      customerName: '孙学',
      address: `${shieldedRegion}5号`,
      region: shieldedRegion,
    },
    behaviour: {},
    principalFen: 27_730,
    needs: 'shield',
  },
  disputed: {
    title: { zh: '对电费有异议，程序中止', en: 'disputes the bill, the case pauses' },
    account: { accountNo: '320899000006', customerName: '周疑', address: `${street}6号` },
    behaviour: { acts: { 'yellow-notice': [{ act: 'dispute' }] } },
    principalFen: 88_810,
  },
  'bounces-a-payment': {
    title: { zh: '缴费后被退回，重新安排', en: 'a payment bounces, the day is chosen anew' },
    account: { accountNo: '320899000007', customerName: '吴退', address: `${street}7号` },
    behaviour: {
      acts: { 'yellow-notice': [paysAll], 'red-notice': [{ act: 'reverse' }], stopped: [paysAll] },
    },
    principalFen: 36_905,
  },
  'important-user': {
    title: { zh: '重要用户，通知书抄送政府', en: 'an important user, copied to the authority' },
    account: {
      accountNo: '320899000008',
      customerName: '淮阴康复医院',
      address: `${street}8号`,
      customerClass: 'non-resident',
      category: 'important',
      capacityKva: 630,
    },
    behaviour: { acts: { 'red-notice': [paysAll] } },
    principalFen: 8_642_000,
  },
  'remote-switch': {
    title: { zh: '费控电能表，远程停复电', en: 'stopped and restored by remote switch' },
    account: {
      accountNo: '320899000009',
      customerName: '郑远',
      address: `${street}9号`,
      remoteSwitch: true,
    },
    behaviour: { acts: { stopped: [paysAll] } },
    principalFen: 19_980,
  },
  'e-address': {
    title: { zh: '约定电子送达', en: 'served at an agreed e-address' },
    account: {
      accountNo: '320899000010',
      customerName: '冯约',
      address: `${street}10号`,
      agreedChannel: 'sms',
    },
    behaviour: { door: 'absent', acts: { 'red-notice': [paysAll] } },
    principalFen: 21_150,
  },
  'hangs-up': {
    title: { zh: '挂断电话，无人确认', en: 'hangs up the phone, nobody acknowledges' },
    account: { accountNo: '320899000011', customerName: '陈默', address: `${street}11号` },
    behaviour: { door: 'refuses', call: ['hang-up', 'no-answer'], sms: 'never' },
    principalFen: 25_560,
  },
  protected: {
    title: { zh: '登记的保护对象，不自动停电', en: 'a protected person, never stopped automatically' },
    account: {
      accountNo: '320899000012',
      customerName: '褚老',
      address: `${street}12号`,
      protection: 'registered',
    },
    behaviour: {},
    principalFen: 14_320,
  },
} satisfies Record<string, Plot>;
export type StoryKey = keyof typeof plots;

/** Region over which the story `shielded` wants a shield. */
export const regionToShield = shieldedRegion;

/** The twelve stories of one street; each owes one bill that fell due `dueDaysAgo` days before `today`. */
export function streetOf(today: string, dueDaysAgo = 10): Story[] {
  return Object.entries<Plot>(plots).map(([key, plot], index) => {
    const dueDate = daysAfter(today, -dueDaysAgo);
    const { accountNo } = plot.account;
    const parsed = districtAccount.parse({
      phone: `1380000${String(index + 1).padStart(4, '0')}`,
      ...plot.account,
      agreedOn: plot.account.agreedChannel ? daysAfter(today, -400) : null,
      bills: [
        {
          billId: `${accountNo}-1`,
          period: monthOf(daysAfter(dueDate, -25)),
          principalFen: plot.principalFen,
          issuedDate: daysAfter(dueDate, -15),
          dueDate,
        },
      ],
    });
    return {
      key: key as StoryKey,
      title: plot.title,
      account: fillAccount(parsed),
      behaviour: customerBehaviour.parse(plot.behaviour),
      needs: plot.needs ?? 'nothing',
    };
  });
}
