import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendAudit } from '../../db/audit/append-audit.ts';
import { putAccount, startApiOnly, type ApiOnly } from '../support/town/api-only.ts';
import { soon } from '../support/town/story.ts';

interface Follow {
  followChanges(
    api: { raw(path: string, init: RequestInit): Promise<Response> },
    handlers: {
      change(change: { topic: string }): void;
      reset(): void;
      state(isLive: boolean): void;
    },
    signal: AbortSignal,
  ): Promise<void>;
}

let api: ApiOnly;
let accountId: string;
let page: Follow;
beforeAll(async () => {
  api = await startApiOnly();
  accountId = await putAccount(api, '320800000001');
  const file = path.resolve(import.meta.dirname, '../../web/shared/live/follow.ts');
  page = (await import(pathToFileURL(file).href)) as Follow;
});
afterAll(() => api.close());

const happen = (action: string): Promise<void> =>
  api.tx((tx) =>
    appendAudit(tx, {
      ...{ companyId: 'company-1', chainId: accountId, actor: 'x', action, body: {} },
      occurredAt: new Date().toISOString(),
    }),
  );

test('T1.2: what happened before the first connection is read again; a line taken up again tells what was missed', async () => {
  const token = await api.token({ roles: ['crew'], centres: ['centre-1'] });
  const told: string[] = [];
  let tries = 0;
  let cut = new AbortController();
  const gone = new AbortController();
  const raw = async (at: string, init: RequestInit): Promise<Response> => {
    tries += 1;
    if (tries === 1) {
      await happen('ticket.recalled-unheard');
      throw new Error('no network yet');
    }
    if (tries === 3) await happen('ticket.recalled-between');
    cut = new AbortController();
    return fetch(`${api.url}${at}`, {
      headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` },
      signal: AbortSignal.any([cut.signal, gone.signal]),
    });
  };
  const followed = page.followChanges(
    { raw },
    {
      change: ({ topic }) => told.push(topic),
      reset: () => told.push('reset'),
      state: () => undefined,
    },
    gone.signal,
  );
  await soon(
    () => Promise.resolve(told),
    (all) => all.includes('reset'),
  );
  expect(told[0]).toBe('reset');
  cut.abort();
  await soon(
    () => Promise.resolve(told),
    (all) => all.includes('ticket.recalled-between'),
  );
  expect(told.filter((one) => one === 'reset')).toHaveLength(1);
  gone.abort();
  await followed;
});
