import { once } from 'node:events';
import { connect } from 'node:net';
import { SystemRefused } from '../../systems/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { ask, type PartFinding } from './finding.ts';

/** A number, ticket or meter that nobody has: whoever refuses it has understood us, and that is the question. */
const NOBODY = 'fudian-doctor';

async function understands(question: Promise<unknown>): Promise<undefined> {
  try {
    await question;
  } catch (error) {
    if (!(error instanceof SystemRefused)) throw error;
  }
  return undefined;
}

async function listens(address: string): Promise<undefined> {
  const { hostname, port } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port || 25) });
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
  return undefined;
}

async function issues(issuer: string): Promise<undefined> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  await response.body?.cancel();
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return undefined;
}

/** Every system outside, asked something that changes nothing. */
export function lookOutside({ systems, settings }: ApiDeps): Promise<PartFinding>[] {
  return [
    ask('identity provider', 'OIDC_ISSUER', () => issues(settings.OIDC_ISSUER)),
    ask('billing', 'BILLING_URL, BILLING_TOKEN', () => understands(systems.billing.readAccountNow(NOBODY))),
    ask('carrier', 'TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN', () =>
      understands(systems.sms.find({ to: '+8610000000000', text: NOBODY, sinceMs: Date.now() })),
    ),
    ask('mail', 'SMTP_URL', () => listens(settings.SMTP_URL)),
    ask('crews', 'FIELD_WORK_URL, FIELD_WORK_TOKEN', () => understands(systems.fieldWork.read(NOBODY))),
    ask('meters', 'METER_URL, METER_TOKEN', () => understands(systems.meter.read(NOBODY))),
    ask('authority', 'GOVERNMENT_URL, GOVERNMENT_TOKEN', () =>
      understands(systems.government.receipt(NOBODY)),
    ),
    ask('proof files', 'BLOB_DIR', async () => {
      try {
        await systems.blobs.put(new TextEncoder().encode(NOBODY), 'text/plain');
        return undefined;
      } catch (error) {
        const fault = error instanceof Error ? error.message : String(error);
        return { what: 'proof files', code: 'not-writable', params: { fault } };
      }
    }),
  ];
}
