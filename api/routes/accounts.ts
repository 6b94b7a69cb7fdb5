import { z } from 'zod';
import { readAccountFile } from '../../db/reads/account-file.ts';
import { findAccount } from '../../db/reads/find-account.ts';
import { searchAccounts } from '../../db/reads/search-accounts.ts';
import { whyAccount } from '../../intake/screening/why.ts';
import { checkPayments } from '../check-payments.ts';
import { DESK } from '../http/caller.ts';
import { page, readCursor } from '../http/paging.ts';
import { found } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { id, pageOf, paging, reason } from '../schemas.ts';
import { readServiceView } from '../service/view.ts';
import { accountFile, foundAccount } from '../shapes/account.ts';
import { serviceView } from '../shapes/service.ts';

const tag = 'accounts';
const accountParams = z.object({ accountNo: id });

const searchRoute = route({
  method: 'post',
  path: '/account-searches',
  operationId: 'searchAccounts',
  summary: {
    zh: '按户号、户名、地址或电话查找',
    en: 'Find an account by number, name, address or phone; a body, because addresses are written into logs on their way (K4.3)',
  },
  tag,
  // The credit officer finds a file as everybody at a desk finds an account.
  roles: [...DESK, 'credit-officer'],
  looks: true,
  body: paging.extend({
    text: z.string().trim().min(2).max(100).meta({
      description:
        'beginning of an account number, a whole phone number, or parts of name and address with spaces between them',
    }),
  }),
  answer: pageOf(foundAccount),
  handle: (context, { body }) =>
    context.read(async (tx) => {
      const after = readCursor(body.cursor, 1)?.[0] ?? '';
      const rows = await searchAccounts(tx, context.deps.vault, {
        text: body.text,
        after,
        limit: body.limit + 1,
      });
      return page(rows, body.limit, (row) => [row.accountNo]);
    }),
});

const getRoute = route({
  method: 'get',
  path: '/accounts/:accountNo',
  operationId: 'getAccount',
  summary: { zh: '用户档案', en: 'An account with contact, bills and payments' },
  tag,
  roles: DESK,
  params: accountParams,
  answer: accountFile,
  handle: (context, { params }) =>
    context.read(async (tx) =>
      found(await readAccountFile(tx, context.deps.vault, params.accountNo), 'account'),
    ),
});

const whyRoute = route({
  method: 'get',
  path: '/accounts/:accountNo/why',
  operationId: 'whyAccount',
  summary: { zh: '为什么在（不在）催费', en: 'Why this account is, or is not, in collection' },
  tag,
  roles: DESK,
  params: accountParams,
  answer: z.object({
    accountNo: z.string(),
    inCollection: z.boolean(),
    stage: z.string().nullable(),
    outcome: z.enum(['permitted', 'refused', 'undetermined']),
    reasons: z.array(reason),
    whatWouldChange: z.array(z.string()),
  }),
  handle: (context, { params }) =>
    context.read(async (tx) => {
      found(await findAccount(tx, params.accountNo), 'account');
      const why = await whyAccount(tx, context.deps.vault, params.accountNo, context.lang);
      return {
        ...why,
        stage: why.stage ?? null,
        reasons: why.reasons.map((one) => ({ ...one })),
        whatWouldChange: [...why.whatWouldChange],
      };
    }),
});

const serviceRoute = route({
  method: 'get',
  path: '/accounts/:accountNo/service',
  operationId: 'getServiceView',
  summary: {
    zh: '95598：发生了什么、对用户怎么说、现在能办什么',
    en: 'For 95598: what happened, what to tell the customer, what can be done now',
  },
  tag,
  roles: DESK,
  params: accountParams,
  answer: serviceView,
  handle: (context, { params }) => context.read((tx) => readServiceView(context, tx, params.accountNo)),
});

const checkRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/payment-check',
  operationId: 'checkPayments',
  summary: {
    zh: '核对缴费（95598 复电）',
    en: 'Look in billing for payments now; restores what is cleared (T3.1)',
  },
  tag,
  roles: ['clerk-95598', 'reader', 'centre', 'team-leader'],
  params: accountParams,
  answer: z.object({ unseenPayments: z.int(), restorationOwed: z.boolean() }),
  handle: async (context, { params }) => {
    const account = await context.read(async (tx) =>
      found(await findAccount(tx, params.accountNo), 'account'),
    );
    const { unseenPayments } = await checkPayments(context.intake, context.deps.systems.billing, {
      ...account,
      source: 'clerk',
    });
    const owed = await context.read((tx) =>
      tx.row(
        `select 1 from restoration_triggers t join stops s using (stop_id) where s.account_id = $1 and s.in_force limit 1`,
        [account.accountId],
      ),
    );
    return { unseenPayments, restorationOwed: owed !== undefined };
  },
});

export const accountRoutes = [searchRoute, getRoute, whyRoute, serviceRoute, checkRoute];
