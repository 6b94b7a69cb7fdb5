import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startSim } from '../../sim/start-sim.ts';
import type { Sim } from '../../sim/start-sim.ts';
import { buildConsole } from '../console/build-console.ts';
import { silent } from '../report.ts';
import type { Report } from '../report.ts';
import { openStackDatabase } from './database.ts';
import { openEngine } from './engine.ts';
import { takeFolder } from './lock.ts';
import { apiIsReady, startPart, workerIsReady } from './parts.ts';
import { portsOf } from './ports.ts';
import type { StackPorts } from './ports.ts';
import { secretsOf } from './secrets.ts';
import type { StackSecrets } from './secrets.ts';
import { writeState } from './state.ts';

/** What to bring up, and where its data lies. */
export interface StackOptions {
  /** Data, keys, ports and logs; kept across restarts. `.fudian` unless told. */
  readonly dataDir?: string;
  readonly report?: Report;
  /** Addresses that are set here are used instead of starting that part. */
  readonly env?: NodeJS.ProcessEnv;
  /** Allows fast-forward of cases; unless told, only where everything around is simulated: no real customer is called in a hurry. */
  readonly demoClock?: boolean;
  /** Parts of the product that are left out. */
  readonly without?: readonly ('worker' | 'api' | 'console')[];
}

/** A stack that runs. */
export interface Stack {
  /** Every setting of settings/settings.ts. */
  readonly env: Readonly<Record<string, string>>;
  readonly urls: { readonly api: string; readonly sim: string | null };
  readonly dataDir: string;
  /** The part that ended by itself and why; never settles while all is well. */
  readonly broken: Promise<string>;
  /** Ends every part in order; harmless to repeat. */
  close(): Promise<void>;
}

/** Settings that point at the outside world; with all of them set there is nothing to simulate. */
const outside = [
  ...['OIDC_ISSUER', 'BILLING_URL', 'BILLING_TOKEN', 'BILLING_WEBHOOK_SECRET', 'TWILIO_ACCOUNT_SID'],
  ...['TWILIO_AUTH_TOKEN', 'SMTP_URL', 'FIELD_WORK_URL', 'FIELD_WORK_TOKEN', 'METER_URL', 'METER_TOKEN'],
  ...['GOVERNMENT_URL', 'GOVERNMENT_TOKEN'],
  ...['CREDIT_PLATFORM_URL', 'CREDIT_PLATFORM_TOKEN'],
];
const ours = [
  ...['COMPANY_ID', 'OIDC_AUDIENCE', 'TWILIO_ORIGIN', 'TWILIO_FROM', 'MAIL_FROM', 'LETTER_SHOP_ADDRESS'],
  ...['WECHAT_ORIGIN', 'WECHAT_APP_ID', 'WECHAT_APP_SECRET', 'WECHAT_TEMPLATE_ID', 'WECHAT_TOKEN'],
  ...[
    'BLOB_DIR',
    'LOG_LEVEL',
    'TEMPORAL_NAMESPACE',
    'PUBLIC_URL',
    'OIDC_CONSOLE_CLIENT',
    'OIDC_CONSOLE_SCOPE',
    'ID_KEY',
    'PAYLOAD_KEYS',
    'KEYS_FILE',
    'ANCHOR_DIR',
    'ANCHOR_MAIL_TO',
    'WEBHOOK_NETWORKS',
  ],
];

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

/** No outside system is a real one: only then may time be hurried. */
export const isAllSimulated = (env: NodeJS.ProcessEnv): boolean => !outside.some((name) => isSet(env[name]));

function given(env: NodeJS.ProcessEnv): Record<string, string> {
  const pairs = [...outside, ...ours].map((name) => [name, env[name]] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => isSet(pair[1])));
}

interface Wiring {
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly secrets: StackSecrets;
  readonly ports: StackPorts;
  readonly demoClock: boolean;
  readonly appUrl: string;
  readonly temporalAddress: string;
  readonly sim: Sim | undefined;
  readonly consoleDir: string | undefined;
}

function settingsOf(wiring: Wiring): Record<string, string> {
  const blobDir = path.join(wiring.dataDir, 'blobs');
  mkdirSync(blobDir, { recursive: true });
  return {
    TEMPORAL_NAMESPACE: 'fudian',
    COMPANY_ID: 'company-1',
    BLOB_DIR: blobDir,
    // Everything around is simulated on this machine.
    WEBHOOK_NETWORKS: wiring.demoClock ? '127.0.0.0/8,::1/128' : '',
    ANCHOR_DIR: path.join(wiring.dataDir, 'anchors'),
    LOG_LEVEL: 'info',
    PUBLIC_URL: `http://127.0.0.1:${wiring.ports.api}`,
    ...wiring.sim?.env,
    ...given(wiring.env),
    API_PORT: String(wiring.ports.api),
    WORKER_PORT: String(wiring.ports.worker),
    DATABASE_URL: wiring.appUrl,
    TEMPORAL_ADDRESS: wiring.temporalAddress,
    DATA_KEYS: wiring.secrets.dataKeys,
    HASH_KEY: wiring.secrets.hashKey,
    ...(wiring.secrets.keysFile !== undefined && { KEYS_FILE: wiring.secrets.keysFile }),
    DEMO_CLOCK: wiring.demoClock ? 'on' : 'off',
    ...(wiring.consoleDir === undefined ? {} : { CONSOLE_DIR: wiring.consoleDir }),
  };
}

async function openDistrict(
  env: NodeJS.ProcessEnv,
  ports: StackPorts,
  databaseUrl: string,
): Promise<Sim | undefined> {
  if (outside.every((name) => isSet(env[name]))) return undefined;
  return startSim({
    databaseUrl,
    port: ports.sim,
    smtpPort: ports.smtp,
    companyId: env['COMPANY_ID'] ?? 'company-1',
    publicUrl: env['PUBLIC_URL'] ?? `http://127.0.0.1:${ports.api}`,
  });
}

/**
 * Brings up PostgreSQL, Temporal, the simulated district, the worker and the API on free loopback ports, each unless its
 * address is given. @throws StackRuns when another one works on the folder; Error with the last words of a part that fails
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const dataDir = path.resolve(options.dataDir ?? '.fudian');
  const env = options.env ?? process.env;
  const report = options.report ?? silent;
  const without = options.without ?? [];
  const ends: (() => Promise<void> | void)[] = [takeFolder(dataDir)];
  let closing: Promise<void> | undefined;
  const endAll = async (): Promise<void> => {
    for (const end of ends.reverse()) await end();
  };
  const close = (): Promise<void> => (closing ??= endAll());
  const broken = Promise.withResolvers<string>();
  const consoleDir = without.includes('console') ? undefined : env['CONSOLE_DIR'] || buildConsole(report);
  // Awaited further down; until then a failure is nobody's.
  Promise.resolve(consoleDir).catch(() => undefined);
  const watch = (name: string, exit: Promise<string>): void => {
    void exit.then((how) => closing === undefined && broken.resolve(`${name} ended by itself (${how})`));
  };
  try {
    const secrets = secretsOf(dataDir, env);
    const ports = await portsOf(dataDir, isSet(env['API_PORT']) ? Number(env['API_PORT']) : undefined);
    const database = await openStackDatabase(dataDir, secrets, env, report);
    ends.push(() => database.stop());
    const demoClock = options.demoClock ?? isAllSimulated(env);
    const engine = await openEngine({
      ...{ dataDir, env, report },
      superuserUrl: database.superuserUrl,
      timeSkipping: demoClock,
    });
    ends.push(() => engine.stop());
    const sim = await openDistrict(env, ports, database.simUrl);
    if (sim !== undefined) {
      ends.push(() => sim.close());
      report(`Simulated district: up at ${sim.origin}`);
    }
    const settings = settingsOf({
      ...{ dataDir, env, secrets, ports, demoClock, sim, consoleDir: await consoleDir },
      appUrl: database.appUrl,
      temporalAddress: engine.address,
    });
    const apiUrl = `http://127.0.0.1:${ports.api}`;
    const start = async (name: 'worker' | 'api'): Promise<void> => {
      if (without.includes(name)) return;
      const part = await startPart(
        name,
        settings,
        dataDir,
        name === 'worker' ? workerIsReady : apiIsReady(apiUrl),
      );
      ends.push(() => part.stop());
      watch(name, part.exit);
      report(name === 'api' ? `API: up at ${apiUrl}` : 'Worker: up');
    };
    const parts = await Promise.allSettled([start('worker'), start('api')]);
    for (const part of parts) if (part.status === 'rejected') throw part.reason;
    ends.push(writeState(dataDir, { apiUrl, simOrigin: sim?.origin ?? null, env: settings }));
    return {
      env: settings,
      urls: { api: apiUrl, sim: sim?.origin ?? null },
      dataDir,
      broken: broken.promise,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
