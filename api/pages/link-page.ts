import { Router } from 'express';
import type { Intake } from '../../intake/deps.ts';
import { recordLinkOpened } from '../../intake/receipts/link-opened.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../http/problem.ts';

const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>body{font:20px/1.6 sans-serif;margin:0 auto;max-width:36rem;padding:1.5rem;color:#222}h1{font-size:1.5rem}
pre{white-space:pre-wrap;font:inherit;background:#f5f5f2;padding:1rem;border-radius:.5rem}a{color:#0550ae}</style>
<h1>${title}</h1>${body}</html>`;

/** The newest notice of the link's case, as the customer got it. */
const NOTICE = `
select text_enc from notices where case_id = $1 and status in ('prepared', 'served') order by occurred_at desc limit 1`;

/** What a customer sees behind the link of a message; opening it is a two-way contact (somebody knows). */
export function linkPage(deps: ApiDeps): Router {
  const router = Router();
  const intake: Intake = {
    db: deps.db,
    vault: deps.vault,
    scope: { companyId: deps.settings.COMPANY_ID, centreIds: '*' },
  };
  router.get('/l/:token', async (request, response) => {
    const opened = await recordLinkOpened(intake, { token: request.params.token });
    if (opened === undefined) throw new Problem(404, 'link-expired');
    const notice =
      opened.caseId === null
        ? undefined
        : await intake.db.tx(intake.scope, (tx) => tx.row<{ text_enc: Buffer }>(NOTICE, [opened.caseId]));
    const text = notice === undefined ? '' : deps.vault.openJson<{ zh: string }>(notice.text_enc).zh;
    const words = text === '' ? '<p>当前没有需要您处理的通知。</p>' : `<pre>${escape(text)}</pre>`;
    response
      .set('cache-control', 'no-store')
      .type('html')
      .send(page('用电缴费通知', `${words}<p>缴费、协商、异议，请拨打 <a href="tel:95598">95598</a>。</p>`));
  });
  return router;
}
