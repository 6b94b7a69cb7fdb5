import { createHash, randomBytes } from 'node:crypto';
import { Router, json } from 'express';
import { z } from 'zod';
import { readSetting, settingOrMade, writeSetting } from '../books/settings.ts';
import type { SimContext } from '../context.ts';
import { faultGate } from '../faults/gate.ts';
import { parse } from '../http/problem.ts';

/** What the district's official account shares with Fudian. */
export interface WechatSecrets {
  appId: string;
  appSecret: string;
  /** With which events are signed. */
  token: string;
}

/** A message that a customer has, or has not, in WeChat. */
export interface WechatNote {
  msgId: number;
  openId: string;
  text: string;
  status: string;
}

/** Customers who have blocked the account. */
export const blocked = z.strictObject({ openIds: z.array(z.string()) });

const BLOCKED = 'wechat-blocked';
const TOKEN = 'sim-wechat-access';

export const wechatSecretsOf = (books: SimContext['books']): Promise<WechatSecrets> =>
  settingOrMade<WechatSecrets>(books, 'wechat-secrets', () =>
    Promise.resolve({
      appId: `wx${randomBytes(8).toString('hex')}`,
      appSecret: randomBytes(16).toString('hex'),
      token: randomBytes(12).toString('hex'),
    }),
  );

const tokenBody = z.object({
  grant_type: z.literal('client_credential'),
  appid: z.string(),
  secret: z.string(),
});
const sendBody = z.object({
  touser: z.string().min(1),
  template_id: z.string(),
  client_msg_id: z.string().min(1).max(32),
  data: z.object({ content: z.object({ value: z.string().min(1) }) }),
});

/** Tells Fudian what became of a message, signed as the platform signs. */
async function announce(
  sim: SimContext,
  token: string,
  note: { msgId: number; openId: string; status: string },
): Promise<void> {
  const publicUrl = sim.publicUrl();
  if (publicUrl === undefined) return;
  const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), randomBytes(6).toString('hex')];
  const signature = createHash('sha1').update([token, timestamp, nonce].toSorted().join('')).digest('hex');
  await sim.webhooks.send({
    system: 'wechat',
    url: `${publicUrl}/webhooks/wechat?signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`,
    contentType: 'text/xml',
    body: `<xml><ToUserName><![CDATA[gh_district]]></ToUserName><FromUserName><![CDATA[${note.openId}]]></FromUserName><CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>${note.msgId}</MsgID><Status><![CDATA[${note.status}]]></Status></xml>`,
    subject: {},
  });
}

const agendaKind = 'wechat-event';

/** Teaches the agenda to tell of messages; to be called once before it opens. */
export function carryWechat(sim: SimContext): void {
  sim.agenda.handle(agendaKind, async (payload) => {
    const { token } = await wechatSecretsOf(sim.books);
    await announce(sim, token, payload as { msgId: number; openId: string; status: string });
  });
}

/** The platform's two calls that Fudian makes: a token, and a template message. */
export function wechatRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json());
  router.use(faultGate(sim.faults, { system: 'wechat' }));
  router.post('/stable_token', async (request, response) => {
    const asked = tokenBody.safeParse(request.body);
    const { appId, appSecret } = await wechatSecretsOf(sim.books);
    if (!asked.success || asked.data.appid !== appId || asked.data.secret !== appSecret) {
      response.json({ errcode: 40125, errmsg: 'invalid appsecret' });
      return;
    }
    response.json({ access_token: TOKEN, expires_in: 7_200 });
  });
  router.post('/message/template/send', async (request, response) => {
    if (request.query['access_token'] !== TOKEN) {
      response.json({ errcode: 40001, errmsg: 'invalid credential' });
      return;
    }
    const body = sendBody.safeParse(request.body);
    if (!body.success || !body.data.touser.startsWith('o')) {
      response.json({ errcode: 40003, errmsg: 'invalid openid' });
      return;
    }
    const kept = await readSetting<z.output<typeof blocked>>(sim.books, BLOCKED);
    const status = kept?.openIds.includes(body.data.touser) === true ? 'failed:user block' : 'success';
    const [row] = await sim.books.rows<{ msg_id: number }>(
      `insert into wechat_message as m (client_msg_id, open_id, body, status, created_at) values ($1, $2, $3, $4, $5)
       on conflict (client_msg_id) do update set client_msg_id = m.client_msg_id returning msg_id`,
      [body.data.client_msg_id, body.data.touser, body.data.data.content.value, status, sim.clock.nowIso()],
    );
    const msgId = row?.msg_id ?? 0;
    await sim.agenda.put(agendaKind, { msgId, openId: body.data.touser, status }, sim.paceMs * 5);
    response.json({ errcode: 0, errmsg: 'ok', msgid: msgId });
  });
  return router;
}

/** What customers have, and who has blocked the account. */
export function wechatControlRoutes(sim: SimContext): Router {
  const router = Router();
  router.use(json());
  router.get('/messages', async (_request, response) => {
    response.json({
      items: await sim.books.rows<WechatNote>(
        'select msg_id as "msgId", open_id as "openId", body as text, status from wechat_message order by msg_id',
      ),
    });
  });
  router.post('/blocked', async (request, response) => {
    const value = parse(blocked, request.body);
    await writeSetting(sim.books, BLOCKED, value);
    response.json(value);
  });
  return router;
}
