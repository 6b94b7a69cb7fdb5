import { Router, urlencoded, type Request, type RequestHandler } from 'express';
import type { Intake } from '../../intake/deps.ts';
import { recordCallAnswer, recordCallStatus } from '../../intake/receipts/call-answer.ts';
import { recordIncomingSms } from '../../intake/receipts/incoming-sms.ts';
import { recordMessageReceipt } from '../../intake/receipts/message-receipt.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../http/problem.ts';

/** What the API needs of the carrier's dialect; handed in by the assembly. */
export interface CarrierDialect {
  isSigned(request: {
    signature: string | undefined;
    publicUrl: string;
    form: Record<string, string>;
  }): boolean;
  askForKey(speech: string, digitsUrl: string): string;
  sayGoodbye(speech: string): string;
}

const GOODBYE = {
  '1': '谢谢，已记录。再见。',
  '2': '谢谢，我们会马上核对您的缴费，核对之前不会停电。再见。',
} as const;
const SAFETY_GOODBYE = {
  '1': '谢谢，即将恢复供电。再见。',
  '2': '谢谢，已记录。我们会先到现场检查，再恢复供电。请远离危险，如有紧急情况请拨打 95598。再见。',
} as const;

const formOf = (request: Request): Record<string, string> => {
  const body: unknown = request.body;
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
};

/** Lets only the carrier pass; it signs the address as it knows us. */
function signedOnly(deps: ApiDeps, dialect: CarrierDialect): RequestHandler {
  const origin = deps.settings.PUBLIC_URL.replace(/\/$/, '');
  return (request, _response, next) => {
    const isOurs = dialect.isSigned({
      signature: request.get('x-twilio-signature'),
      publicUrl: `${origin}${request.originalUrl}`,
      form: formOf(request),
    });
    if (!isOurs) throw new Problem(403, 'signature-invalid');
    next();
  };
}

async function speechOf(deps: ApiDeps, intake: Intake, messageId: string): Promise<string> {
  const message = await intake.db.tx(intake.scope, (tx) =>
    tx.row<{ text_enc: Buffer }>(`select text_enc from messages where message_id = $1 and channel = 'call'`, [
      messageId,
    ]),
  );
  if (message === undefined) throw new Problem(404, 'not-found', { params: { what: 'message' } });
  return deps.vault.openJson<{ text: string }>(message.text_enc).text;
}

/** Receipts, calls and replies as Twilio tells of them (T2.4, L8). */
export function carrierWebhooks(deps: ApiDeps, dialect: CarrierDialect): Router {
  const router = Router();
  const intake: Intake = {
    db: deps.db.prepared,
    vault: deps.vault,
    scope: { companyId: deps.settings.COMPANY_ID, centreIds: '*' },
  };
  const origin = deps.settings.PUBLIC_URL.replace(/\/$/, '');
  const hook = (name: string, messageId: string) =>
    `${origin}/webhooks/twilio/${name}/${encodeURIComponent(messageId)}`;
  router.use('/webhooks/twilio', urlencoded({ extended: false, limit: '64kb' }), signedOnly(deps, dialect));

  router.post('/webhooks/twilio/message-status/:messageId', async (request, response) => {
    await recordMessageReceipt(intake, {
      messageId: request.params.messageId,
      providerStatus: formOf(request)['MessageStatus'] ?? '',
      providerId: formOf(request)['MessageSid'] ?? '',
    });
    response.status(204).end();
  });
  router.post('/webhooks/twilio/voice/:messageId', async (request, response) => {
    const { messageId } = request.params;
    const speech = await speechOf(deps, intake, messageId);
    response.type('text/xml').send(dialect.askForKey(speech, hook('digits', messageId)));
  });
  router.post('/webhooks/twilio/digits/:messageId', async (request, response) => {
    const { messageId } = request.params;
    const digits = formOf(request)['Digits'] ?? '';
    if (digits !== '1' && digits !== '2') {
      const speech = await speechOf(deps, intake, messageId);
      response.type('text/xml').send(dialect.askForKey(speech, hook('digits', messageId)));
      return;
    }
    // Stored first, then thanked: what the customer was told is true.
    const { purpose } = await recordCallAnswer(intake, {
      ...{ messageId, digits },
      providerId: formOf(request)['CallSid'] ?? '',
    });
    const goodbye = purpose === 'safety-call' ? SAFETY_GOODBYE : GOODBYE;
    response.type('text/xml').send(dialect.sayGoodbye(goodbye[digits]));
  });
  router.post('/webhooks/twilio/call-status/:messageId', async (request, response) => {
    await recordCallStatus(intake, {
      messageId: request.params.messageId,
      providerStatus: formOf(request)['CallStatus'] ?? '',
      providerId: formOf(request)['CallSid'] ?? '',
    });
    response.status(204).end();
  });
  router.post('/webhooks/twilio/sms', async (request, response) => {
    const form = formOf(request);
    await recordIncomingSms(intake, {
      from: form['From'] ?? '',
      text: form['Body'] ?? '',
      providerId: form['MessageSid'] ?? form['SmsSid'] ?? '',
    });
    response.type('text/xml').send('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  });
  return router;
}
