import { Router, text, type Request } from 'express';
import { recordMessageReceipt } from '../../intake/receipts/message-receipt.ts';
import { wholeCompany } from '../../db/database.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../http/problem.ts';

/** Whether the platform signed a request; handed in by the assembly. */
export type WechatSigned = (query: { signature: string; timestamp: string; nonce: string }) => boolean;

const queryOf = (request: Request, name: string): string => {
  const value = request.query[name];
  return typeof value === 'string' ? value : '';
};

/** One element of the platform's flat XML, with or without CDATA. */
export const elementOf = (xml: string, name: string): string =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^\\]<]*)(?:\\]\\]>)?</${name}>`).exec(xml)?.[1]?.trim() ?? '';

/** Receipts of the WeChat official account (L8): `TEMPLATESENDJOBFINISH` says what became of a message. */
export function wechatWebhooks(deps: ApiDeps, isSigned: WechatSigned): Router {
  const router = Router();
  router.use('/webhooks/wechat', (request, _response, next) => {
    const [signature, timestamp, nonce] = ['signature', 'timestamp', 'nonce'].map((name) =>
      queryOf(request, name),
    );
    if (!isSigned({ signature: signature ?? '', timestamp: timestamp ?? '', nonce: nonce ?? '' }))
      throw new Problem(403, 'signature-invalid');
    next();
  });
  // How the platform asks whether this address is ours.
  router.get('/webhooks/wechat', (request, response) => {
    response.type('text/plain').send(queryOf(request, 'echostr'));
  });
  router.post('/webhooks/wechat', text({ type: () => true, limit: '64kb' }), async (request, response) => {
    const xml = String(request.body);
    if (elementOf(xml, 'Event') === 'TEMPLATESENDJOBFINISH') {
      const scope = wholeCompany(deps.settings.COMPANY_ID);
      const known = await deps.db.tx(scope, (tx) =>
        tx.row<{ message_id: string }>(
          `select message_id from messages where provider_id = $1 and channel = 'wechat'`,
          [elementOf(xml, 'MsgID')],
        ),
      );
      // One that is not ours, or whose id is not stored yet, is told again by the platform.
      if (known === undefined) throw new Problem(404, 'not-found', { params: { what: 'message' } });
      await recordMessageReceipt(
        { db: deps.db, vault: deps.vault, scope },
        {
          messageId: known.message_id,
          providerStatus: elementOf(xml, 'Status') === 'success' ? 'delivered' : 'failed',
        },
      );
    }
    response.type('text/plain').send('success');
  });
  return router;
}
