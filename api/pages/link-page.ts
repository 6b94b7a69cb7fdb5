import { urlencoded, Router, type NextFunction, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { readCreditFile } from '../../db/credit/read-credit-file.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { linkHash } from '../../db/links/put-link.ts';
import { readCustomerNotice } from '../../db/reads/customer-page.ts';
import type { Intake } from '../../intake/deps.ts';
import { findLink } from '../../intake/receipts/link-opened.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { printNotice } from '../../papers/notices/print-notice.ts';
import type { ApiDeps } from '../deps.ts';
import type { Lang } from '../http/caller.ts';
import { found, Problem } from '../http/problem.ts';
import { noticeToPrint } from '../papers.ts';
import * as acts from './customer/acts.ts';
import { creditPage } from './customer/credit-page.ts';
import { PAGE_POLICY } from './customer/html.ts';
import { customerPage, handOverPage, sorryPage } from './customer/page.ts';
import type { At } from './customer/sections.ts';
import { readCustomerView } from './customer/view.ts';
import { money } from './customer/words.ts';

/** Wrong tokens from one address, and acts behind one link, in a minute. */
const WRONG_PER_MINUTE = 30;
const ACTS_PER_MINUTE = 20;
/** How often a page that waits for a payment looks again by itself. */
const LOOKS = 12;

const langOf = (request: Request): Lang => {
  const body: unknown = request.body;
  const said =
    request.query['lang'] ??
    (typeof body === 'object' && body !== null ? Reflect.get(body, 'lang') : undefined);
  return said === 'en' ? 'en' : 'zh';
};
const atOf = (request: Request): At => ({
  base: `/l/${encodeURIComponent(String(request.params['token']))}`,
  lang: langOf(request),
});
const tooMany = (_request: Request, _response: Response, next: NextFunction): void =>
  next(new Problem(429, 'too-many-requests', { params: { seconds: 60 } }));

/** People get a page, programs problem+json. */
function sorry(error: unknown, request: Request, response: Response, next: NextFunction): void {
  const isForPeople = (request.get('accept') ?? '').includes('text/html');
  if (!(error instanceof Problem) || !isForPeople) return next(error);
  const lang = langOf(request);
  response
    .status(error.status)
    .type('html')
    .send(
      error.status === 429
        ? sorryPage(lang, [
            '访问太频繁，请一分钟后再试。',
            'Too many requests; please try again in a minute.',
          ])
        : sorryPage(lang, ['链接已过期、已作废或不正确。', 'It is over, was taken back, or is not right.']),
    );
}

type Act = (acting: acts.Acting) => Promise<string>;

const ACTS: Readonly<Record<string, Act>> = {
  read: acts.sayRead,
  plan: acts.askPlan,
  dispute: acts.dispute,
  light: acts.sayLight,
  dark: acts.sayDark,
};

/**
 * The customer's own page behind the link of a message or the code on a paper: plain HTML, no script. Opening it proves
 * nothing, for mail scanners and previews open links too; its buttons do (somebody knows, L8).
 */
export function linkPage(deps: ApiDeps): Router {
  const router = Router();
  const { db, vault } = deps;
  const companyId = deps.settings.COMPANY_ID;
  const intake: Intake = { db, vault, scope: { companyId, centreIds: '*' } };

  async function actingOn(request: Request): Promise<acts.Acting> {
    const token = String(request.params['token']);
    const link = await findLink(intake, token);
    if (link === undefined) throw new Problem(404, 'link-expired');
    const view = await db.tx(intake.scope, (tx) => readCustomerView(tx, vault, companyId, link));
    return { deps, intake, token, view, field: acts.fieldsOf(request) };
  }

  router.use('/l', (_request, response, next) => {
    response.set('cache-control', 'no-store').set('referrer-policy', 'no-referrer');
    response.set('content-security-policy', PAGE_POLICY).set('x-robots-tag', 'noindex');
    next();
  });
  router.use(
    '/l',
    rateLimit({
      windowMs: 60_000,
      limit: WRONG_PER_MINUTE,
      skipSuccessfulRequests: true,
      standardHeaders: false,
      legacyHeaders: false,
      handler: tooMany,
    }),
  );
  const actLimit = rateLimit({
    windowMs: 60_000,
    limit: ACTS_PER_MINUTE,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: (request) => linkHash(String(request.params['token'])).toString('hex'),
    handler: tooMany,
  });
  const form = urlencoded({ extended: false, limit: '8kb' });

  router.get('/l/:token', async (request, response) => {
    const { view } = await actingOn(request);
    const at = atOf(request);
    const said = typeof request.query['said'] === 'string' ? request.query['said'] : undefined;
    const looks = Number(request.query['look'] ?? 0);
    const isWaiting = said === 'waiting' && looks < LOOKS;
    const refreshTo = isWaiting
      ? `${at.base}/paid?look=${looks + 1}${at.lang === 'en' ? '&lang=en' : ''}`
      : undefined;
    response.type('html').send(customerPage(view, at, { said, refreshTo }));
  });

  const back = (request: Request, response: Response, said: string, more = ''): void => {
    const at = atOf(request);
    const query = new URLSearchParams(`${more}${said === '' ? '' : `&said=${said}`}`);
    if (at.lang === 'en') query.set('lang', 'en');
    const text = query.toString();
    response.redirect(303, `${at.base}${text === '' ? '' : `?${text}`}`);
  };

  router.get('/l/:token/paid', actLimit, async (request, response) => {
    const acting = await actingOn(request);
    const looks = Number(request.query['look'] ?? 0);
    back(request, response, await acts.cameBack(acting), looks > 0 ? `look=${looks}` : '');
  });

  router.get('/l/:token/notices/:kind/:file', actLimit, async (request, response) => {
    const { view } = await actingOn(request);
    const { accountId, caseId } = view.account;
    const { kind, file } = request.params;
    const attempt = Number(/^(\d{1,4})\.pdf$/.exec(String(file))?.[1] ?? Number.NaN);
    const pdf = await db.tx(intake.scope, async (tx) => {
      const of = { accountId, caseId: caseId ?? '', kind: String(kind), attempt };
      const row = Number.isSafeInteger(attempt) ? await readCustomerNotice(tx, of) : undefined;
      return noticeToPrint(tx, vault, found(row, 'notice').noticeId);
    });
    response.type('application/pdf').send(await printNotice(pdf));
  });

  router.get('/l/:token/credit', actLimit, async (request, response) => {
    const { view } = await actingOn(request);
    const { accountId, accountNo } = view.account;
    const file = await db.tx(intake.scope, async (tx) => {
      const policy = await readCreditPolicy(tx, companyId, civilDateAt(Date.parse(view.now)));
      return readCreditFile(tx, vault, { accountId, accountNo, policy });
    });
    const said = typeof request.query['said'] === 'string' ? request.query['said'] : undefined;
    response.type('html').send(creditPage(file, atOf(request), said));
  });

  router.post('/l/:token/object', actLimit, form, async (request, response) => {
    const said = await acts.objectToCredit(await actingOn(request));
    const { base, lang } = atOf(request);
    response.redirect(303, `${base}/credit?said=${said}${lang === 'en' ? '&lang=en' : ''}`);
  });

  router.post('/l/:token/pay', actLimit, form, async (request, response) => {
    const opened = await acts.openPayment(await actingOn(request));
    if (typeof opened === 'string') return back(request, response, opened);
    response.type('html').send(handOverPage(atOf(request), opened.payUrl, money(opened.fen)));
  });

  for (const [name, act] of Object.entries(ACTS))
    router.post(`/l/:token/${name}`, actLimit, form, async (request, response) => {
      back(request, response, await act(await actingOn(request)));
    });

  router.use('/l', sorry);
  return router;
}
