import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Express } from 'express';
import { createAgenda } from './agenda/agenda.ts';
import { payPageRoutes } from './billing/pay-page.ts';
import { billingRoutes } from './billing/routes.ts';
import { billingSender } from './billing/webhook.ts';
import type { Books } from './books/books.ts';
import { openBooks } from './books/books.ts';
import { openClock } from './books/clock.ts';
import { readSetting, writeSetting } from './books/settings.ts';
import { carryCalls } from './carrier/calls.ts';
import { carryMessages } from './carrier/messages.ts';
import { carrierRoutes } from './carrier/routes.ts';
import { carrierSender } from './carrier/signature.ts';
import type { SimContext } from './context.ts';
import { controlRoutes } from './control/routes.ts';
import { creditPlatformRoutes } from './credit-platform/routes.ts';
import { settingsOf } from './env.ts';
import { faultGate } from './faults/gate.ts';
import { openFaults } from './faults/faults.ts';
import { fieldWorkRoutes } from './field-work/routes.ts';
import { governmentRoutes } from './government/routes.ts';
import { problemWriter } from './http/problem.ts';
import { seedPeople } from './identity/people.ts';
import { createIdentityProvider } from './identity/provider.ts';
import { signInPath, signInRoutes } from './identity/sign-in.ts';
import type { MailServer } from './mail/mail-server.ts';
import { startMailServer } from './mail/mail-server.ts';
import { carryCommands } from './meters/commands.ts';
import { meterRoutes } from './meters/routes.ts';
import type { SimSecrets } from './secrets.ts';
import { secretsOf } from './secrets.ts';
import { carryWechat, wechatRoutes, wechatSecretsOf } from './wechat/official-account.ts';
import type { WechatSecrets } from './wechat/official-account.ts';
import { createWebhooks } from './webhooks/webhooks.ts';

export interface SimOptions {
  /** Of the HTTP server; 0 or absent = a free one. */
  port?: number;
  smtpPort?: number;
  /** PostgreSQL of the district's own; its tables lie in schema `sim`. */
  databaseUrl: string;
  /** Fudian's own URL, to which webhooks go; may be said later by `setPublicUrl`. */
  publicUrl?: string | undefined;
  /** Address to listen on. */
  host?: string;
  /** What others call the district, where that is not `http://host:port`; part of the issuer's name. */
  origin?: string | undefined;
  /** Host under which others reach the mail server. */
  smtpHost?: string | undefined;
  companyId?: string;
  /** Secrets agreed elsewhere; the rest is made once and kept. */
  secrets?: Partial<SimSecrets>;
  /** Pause between two steps of a message or call. */
  paceMs?: number;
  /** Where errors go that no caller hears of; standard error by default. */
  report?: (error: unknown) => void;
}

/** A district that runs. */
export interface Sim {
  origin: string;
  smtpUrl: string;
  /** Every setting of settings/settings.ts that points at the district. */
  readonly env: Record<string, string>;
  setPublicUrl: (url: string) => Promise<void>;
  /** Stops it; what waits goes on at the next start. */
  close(): Promise<void>;
}

const standardPaceMs = 20;
const publicUrlSetting = 'public-url';
/** Settings that are nobody's secret or key: they go with a reset. */
const switches = ['crew-devices', 'government-receipts', 'wechat-blocked', 'credit-platform-verdicts'];

/** Starts the simulated district: billing, carrier, mail, crews, meters, authority and identity provider. @throws what `pg` or a taken port throws */
export async function startSim(options: SimOptions): Promise<Sim> {
  const report = options.report ?? ((error: unknown) => console.error(error));
  const host = options.host ?? '127.0.0.1';
  const books = await openBooks(options.databaseUrl, report);
  const server = createServer();
  let mail: MailServer | undefined;
  let sim: SimContext | undefined;
  const close = async (): Promise<void> => {
    if (server.listening) {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    }
    await mail?.close();
    await sim?.agenda.close();
    await books.close();
  };
  try {
    const opened = await openContext(books, options, report);
    sim = opened.sim;
    mail = await startMailServer(sim, host, options.smtpPort ?? 0);
    const app = Promise.withResolvers<Express>();
    // The issuer's name holds the port, so it listens first; whoever calls before it is assembled waits a moment.
    server.on('request', (request, response) => {
      void app.promise.then((handle) => handle(request, response));
    });
    const port = await listen(server, host, options.port ?? 0);
    const origin = options.origin ?? `http://${host}:${port}`;
    app.resolve(await assemble({ ...opened, origin, companyId: companyOf(options), report }));
    await sim.agenda.open();
    const smtpUrl = options.smtpHost
      ? mail.smtpUrl.replace(`//${host}:`, `//${options.smtpHost}:`)
      : mail.smtpUrl;
    const { secrets, publicUrl } = sim;
    return {
      origin,
      smtpUrl,
      get env() {
        return settingsOf({ secrets, wechat: opened.wechat, origin, smtpUrl, publicUrl: publicUrl() });
      },
      setPublicUrl: opened.setPublicUrl,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Opened {
  sim: SimContext;
  setPublicUrl: (url: string) => Promise<void>;
  wechat: WechatSecrets;
}

async function openContext(
  books: Books,
  options: SimOptions,
  report: (error: unknown) => void,
): Promise<Opened> {
  const secrets = await secretsOf(books, options.secrets ?? {});
  const faults = await openFaults(books);
  const agenda = createAgenda(books, report);
  const webhooks = createWebhooks({
    books,
    agenda,
    faults,
    senders: {
      billing: billingSender(secrets.billingWebhookSecret),
      carrier: carrierSender(secrets.twilioAuthToken),
      // Signed in its address; tried three times, as the platform does.
      wechat: { headers: () => ({}), retryDelaysMs: [300, 1_000, 3_000], retriesRefusals: true },
    },
  });
  let publicUrl = await readSetting<string>(books, publicUrlSetting);
  const setPublicUrl = async (url: string): Promise<void> => {
    publicUrl = url.replace(/\/+$/, '');
    await writeSetting(books, publicUrlSetting, publicUrl);
  };
  if (options.publicUrl !== undefined) await setPublicUrl(options.publicUrl);
  const sim: SimContext = {
    books,
    clock: await openClock(books),
    agenda,
    faults,
    webhooks,
    secrets,
    publicUrl: () => publicUrl,
    paceMs: options.paceMs ?? standardPaceMs,
    report,
  };
  carryMessages(sim);
  carryCalls(sim);
  carryCommands(sim);
  carryWechat(sim);
  await seedPeople(books, companyOf(options));
  return { sim, setPublicUrl, wechat: await wechatSecretsOf(books) };
}

async function assemble(
  parts: Opened & { origin: string; companyId: string; report: (error: unknown) => void },
): Promise<Express> {
  const { sim, setPublicUrl, origin, companyId, report } = parts;
  const provider = await createIdentityProvider(sim.books, `${origin}/idp`, () => sim.publicUrl(), report);
  const reset = async (): Promise<void> => {
    await sim.faults.remove();
    await sim.agenda.drop();
    await sim.books.empty();
    await sim.books.rows('delete from setting where name = any ($1)', [switches]);
    await sim.clock.setOffsetMs(0);
    await seedPeople(sim.books, companyId);
  };
  const app = express();
  app.disable('x-powered-by');
  app.get('/health', (_request, response) => void response.json({ status: 'ok' }));
  app.use('/billing', billingRoutes(sim, origin));
  app.use('/pay', payPageRoutes(sim));
  app.use('/2010-04-01', carrierRoutes(sim));
  app.use('/cgi-bin', wechatRoutes(sim));
  app.use('/field-work', fieldWorkRoutes(sim));
  app.use('/meter', meterRoutes(sim));
  app.use('/government', governmentRoutes(sim));
  app.use('/credit-platform', creditPlatformRoutes(sim));
  app.use('/idp', faultGate(sim.faults, { system: 'idp' }), provider.callback());
  app.use(signInPath, signInRoutes(sim.books, provider));
  app.use('/control', controlRoutes(sim, { setPublicUrl, reset }));
  app.use(problemWriter(report));
  return app;
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function companyOf(options: SimOptions): string {
  return options.companyId ?? 'company-1';
}
