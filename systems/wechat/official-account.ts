import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SystemRefused, SystemUnavailable } from '../errors.ts';
import type { WechatPort } from './port.ts';

export interface OfficialAccountOptions {
  readonly origin: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly templateId: string;
}

const TIMEOUT_MS = 10_000;
const REFRESH_EARLY_MS = 300_000;
/** Busy, or asked too often: later it works. */
const TRANSIENT = new Set([-1, 45009, 45011]);
const TOKEN_INVALID = new Set([40001, 40014, 42001]);

const token = z.object({ access_token: z.string(), expires_in: z.number() });
const sent = z.object({ errcode: z.literal(0), msgid: z.union([z.number(), z.string()]) });
const failed = z.object({ errcode: z.number(), errmsg: z.string().optional() });

/** Ten minutes long the platform takes the same client id for the same message; it may be 32 letters long. */
const clientIdOf = (messageKey: string): string =>
  createHash('sha256').update(messageKey).digest('hex').slice(0, 32);

/** Messages of a WeChat official account (公众号模板消息). */
export function officialAccount(options: OfficialAccountOptions): WechatPort {
  let held: { token: string; untilMs: number } | undefined;

  async function call(path: string, body: unknown): Promise<unknown> {
    if (options.appId === '')
      throw new SystemRefused('wechat', 'not-configured', 'no official account is set');
    let response: Response;
    try {
      response = await fetch(`${options.origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new SystemUnavailable('wechat', error instanceof Error ? error.message : String(error));
    }
    if (!response.ok) throw new SystemUnavailable('wechat', `http-${response.status}`);
    try {
      return await response.json();
    } catch {
      throw new SystemUnavailable('wechat', 'the answer is no JSON');
    }
  }

  function refusalOf(answer: unknown): Error {
    const fault = failed.safeParse(answer);
    if (!fault.success) return new SystemUnavailable('wechat', 'the answer is not understood');
    const { errcode } = fault.data;
    return TRANSIENT.has(errcode)
      ? new SystemUnavailable('wechat', `errcode ${errcode}`)
      : new SystemRefused('wechat', `errcode-${errcode}`, fault.data.errmsg ?? '');
  }

  async function accessToken(): Promise<string> {
    if (held !== undefined && held.untilMs > performance.now()) return held.token;
    const answer = await call('/cgi-bin/stable_token', {
      grant_type: 'client_credential',
      appid: options.appId,
      secret: options.appSecret,
    });
    const parsed = token.safeParse(answer);
    if (!parsed.success) throw refusalOf(answer);
    held = {
      token: parsed.data.access_token,
      untilMs: performance.now() + parsed.data.expires_in * 1000 - REFRESH_EARLY_MS,
    };
    return held.token;
  }

  return {
    async send({ openId, text, messageKey }) {
      const body = {
        touser: openId,
        template_id: options.templateId,
        client_msg_id: clientIdOf(messageKey),
        data: { content: { value: text } },
      };
      for (let attempt = 1; ; attempt += 1) {
        const access = encodeURIComponent(await accessToken());
        const answer = await call(`/cgi-bin/message/template/send?access_token=${access}`, body);
        const parsed = sent.safeParse(answer);
        if (parsed.success) return { providerId: String(parsed.data.msgid) };
        const fault = failed.safeParse(answer);
        const isStale = fault.success && TOKEN_INVALID.has(fault.data.errcode);
        held = isStale ? undefined : held;
        if (!isStale || attempt > 1) throw refusalOf(answer);
      }
    },
  };
}
