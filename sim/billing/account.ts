import { z } from 'zod';

const civilDate = z.iso.date();
const fen = z.int().nonnegative();

const bill = z
  .strictObject({
    billId: z.string().min(1),
    service: z.enum(['electricity', 'water', 'other']).default('electricity'),
    period: z.string().regex(/^\d{4}-\d{2}$/),
    principalFen: fen,
    paidFen: fen.default(0),
    issuedDate: civilDate,
    dueDate: civilDate,
    disputed: z.boolean().default(false),
  })
  .refine((given) => given.paidFen <= given.principalFen, {
    message: 'more is paid than owed',
    path: ['paidFen'],
  });

/** One account of the district with its bills: all that billing would export about it. */
export const districtAccount = z.strictObject({
  accountNo: z.string().min(1),
  customerName: z.string().min(1).default('张三'),
  /** Who owes, across accounts. */
  customerNo: z.string().min(1).optional(),
  address: z.string().min(1).default('淮阴区长江路1号'),
  phone: z.string().nullable().default(null),
  email: z.string().nullable().default(null),
  region: z.string().default('淮阴区'),
  centreId: z.string().default('centre-1'),
  readerId: z.string().default('reader-zhang'),
  meterNo: z.string().min(1).optional(),
  customerClass: z.enum(['resident', 'non-resident']).default('resident'),
  category: z
    .enum([
      'resident',
      'non-resident',
      'dedicated-transformer',
      'important',
      'continuous-process',
      'master-meter',
    ])
    .default('resident'),
  capacityKva: z.int().positive().nullable().default(null),
  remoteSwitch: z.boolean().default(false),
  prepaidContract: z.boolean().default(false),
  /** Registry of people on life support and other protected households; null: nobody has asked yet. */
  protection: z.enum(['none', 'registered']).nullable().default('none'),
  /** Electronic address that the customer agreed to be served at. */
  agreedChannel: z.enum(['sms', 'email']).nullable().default(null),
  agreedOn: civilDate.nullable().default(null),
  bills: z.array(bill).default([]),
});

/** An account as handed in: number and bills are enough. */
export type DistrictAccountInput = z.input<typeof districtAccount>;

type Parsed = z.output<typeof districtAccount>;

/** An account with every field filled. */
export type DistrictAccount = Omit<Parsed, 'customerNo' | 'meterNo'> & {
  customerNo: string;
  meterNo: string;
};
export type DistrictBill = DistrictAccount['bills'][number];

/** The number of the meter when the account names none. */
export function fillAccount(parsed: Parsed): DistrictAccount {
  return {
    ...parsed,
    customerNo: parsed.customerNo ?? `K${parsed.accountNo}`,
    meterNo: parsed.meterNo ?? `M${parsed.accountNo}`,
  };
}
