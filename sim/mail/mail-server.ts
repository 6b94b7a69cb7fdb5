import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';
import type { SimContext } from '../context.ts';
import type { RequestFault } from '../faults/fault.ts';
import { requestFaults } from '../faults/fault.ts';

export interface MailServer {
  /** `smtp://host:port` */
  smtpUrl: string;
  close(): Promise<void>;
}

/** What an SMTP server says in place of success; a refusal for good where HTTP would answer nonsense. */
const replies: Record<Exclude<RequestFault, 'time-out' | 'drop-after-accept'>, [number, string]> = {
  '500': [451, '4.3.0 Local error in processing'],
  '429': [421, '4.7.0 Too many messages, try again later'],
  'wrong-answer': [550, '5.1.1 Mailbox unknown'],
};

class SmtpRefusal extends Error {
  override readonly name = 'SmtpRefusal';
  readonly responseCode: number;
  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

/** Starts the mail server on a host and port (0 = a free one); it takes every mail without a password. */
export async function startMailServer(sim: SimContext, host: string, port: number): Promise<MailServer> {
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth: (auth, _session, done) => done(null, { user: auth.username }),
    onData: (stream, session, done) => {
      const cut = (): void => void sockets.get(session.remotePort)?.destroy();
      takeMail(sim, stream, session, cut).then(
        (taken) => {
          if (taken) done();
        },
        (error: unknown) => {
          if (!(error instanceof SmtpRefusal)) sim.report(error);
          done(error instanceof Error ? error : new Error(String(error)));
        },
      );
    },
  });
  // A connection that breaks off is the client's affair.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    const remotePort = socket.remotePort ?? 0;
    sockets.set(remotePort, socket);
    socket.on('close', () => sockets.delete(remotePort));
  });
  server.listen(port, host);
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
  return {
    smtpUrl: `smtp://${host}:${address.port}`,
    close: async () => {
      for (const socket of sockets.values()) socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

/** Reads and keeps one mail; false when the client is to hear nothing. @throws SmtpRefusal */
async function takeMail(
  sim: SimContext,
  stream: Readable,
  session: SMTPServerSession,
  cut: () => void,
): Promise<boolean> {
  const parsed = await simpleParser(stream);
  const addresses = session.envelope.rcptTo.map((recipient) => recipient.address);
  const fault = await sim.faults.take('mail', requestFaults, { addresses });
  const keeps = fault === undefined || fault.fault === 'drop-after-accept';
  if (keeps) {
    await sim.books.rows(
      `insert into mail (message_id, mail_from, recipients, subject, body, received_at) values ($1, $2, $3, $4, $5, $6)`,
      [
        parsed.messageId ?? null,
        session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
        addresses,
        parsed.subject ?? '',
        parsed.text ?? '',
        sim.clock.nowIso(),
      ],
    );
  }
  if (!fault) return true;
  if (fault.fault === 'drop-after-accept') {
    cut();
    return false;
  }
  if (fault.delayMs !== undefined) await pause(fault.delayMs, undefined, { ref: false });
  if (fault.fault !== 'time-out') throw new SmtpRefusal(...replies[fault.fault]);
  if (fault.delayMs !== undefined) cut();
  return false;
}
