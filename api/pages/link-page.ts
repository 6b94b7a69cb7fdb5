import { Router } from 'express';
import type { Intake } from '../../intake/deps.ts';
import { findLink, recordLinkOpened, type OpenedLink } from '../../intake/receipts/link-opened.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../http/problem.ts';

const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>body{font:20px/1.6 sans-serif;margin:0 auto;max-width:36rem;padding:1.5rem;color:#222}h1{font-size:1.5rem}
pre{white-space:pre-wrap;font:inherit;background:#f5f5f2;padding:1rem;border-radius:.5rem}a{color:#0550ae}
button{font:inherit;padding:.75rem 2rem;border:0;border-radius:.5rem;background:#0550ae;color:#fff;width:100%}</style>
<h1>${title}</h1>${body}</html>`;

/** The newest notice of the link's case, as the customer got it. */
const NOTICE = `
select text_enc from notices where case_id = $1 and status in ('prepared', 'served') order by occurred_at desc limit 1`;

async function wordsOf(deps: ApiDeps, intake: Intake, link: OpenedLink): Promise<string> {
  const notice =
    link.caseId === null
      ? undefined
      : await intake.db.tx(intake.scope, (tx) => tx.row<{ text_enc: Buffer }>(NOTICE, [link.caseId]));
  if (notice === undefined) return '<p>当前没有需要您处理的通知。</p>';
  const { zh } = deps.vault.openJson<{ zh: string }>(notice.text_enc);
  return `<pre>${escape(zh)}</pre>`;
}

const HELP = '<p>缴费、协商、异议，请拨打 <a href="tel:95598">95598</a>。</p>';

/**
 * What a customer sees behind the link of a message. Opening it proves nothing, for mail scanners and previews open links
 * too; the button at its end does (somebody knows).
 */
export function linkPage(deps: ApiDeps): Router {
  const router = Router();
  const intake: Intake = {
    db: deps.db,
    vault: deps.vault,
    scope: { companyId: deps.settings.COMPANY_ID, centreIds: '*' },
  };
  router.use('/l', (_request, response, next) => {
    response.set('cache-control', 'no-store').set('referrer-policy', 'no-referrer');
    next();
  });
  router.get('/l/:token', async (request, response) => {
    const link = await findLink(intake, request.params.token);
    if (link === undefined) throw new Problem(404, 'link-expired');
    const words = await wordsOf(deps, intake, link);
    const action = `/l/${encodeURIComponent(request.params.token)}/read`;
    const button = `<form method="post" action="${escape(action)}"><button>我已阅读并知晓</button></form>`;
    response.type('html').send(page('用电缴费通知', `${words}${button}${HELP}`));
  });
  router.post('/l/:token/read', async (request, response) => {
    const link = await recordLinkOpened(intake, { token: request.params.token });
    if (link === undefined) throw new Problem(404, 'link-expired');
    const words = await wordsOf(deps, intake, link);
    response
      .type('html')
      .send(page('已收到您的确认', `<p>谢谢，我们已记录您知晓本通知。</p>${words}${HELP}`));
  });
  return router;
}
