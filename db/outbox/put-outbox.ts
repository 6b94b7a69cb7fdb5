import { json, type Tx } from '../database.ts';
import type {
  FactSignal,
  MatterInput,
  MatterKind,
  ReportInput,
  RestorationInput,
} from '../../workflows/messages.ts';

/** What leaves the database after commit. The key makes a second put of the same thing nothing. */
export type OutboxEntry =
  | { kind: 'signal-case'; key: string; payload: { accountId: string; caseId: string; signal: FactSignal } }
  | {
      kind: 'start-restore';
      key: string;
      payload: { input: Omit<RestorationInput, 'clockOffsetMs'>; signal: FactSignal };
    }
  | { kind: 'signal-restore'; key: string; payload: { stopId: string; signal: FactSignal } }
  | { kind: 'start-report'; key: string; payload: { input: Omit<ReportInput, 'clockOffsetMs'> } }
  | {
      kind: 'signal-report';
      key: string;
      payload: { subject: string; subjectId: string; signal: FactSignal };
    }
  | {
      kind: 'start-matter';
      key: string;
      payload: { kind: MatterKind; input: Omit<MatterInput, 'clockOffsetMs'> };
    }
  | {
      kind: 'signal-matter';
      key: string;
      payload: { kind: MatterKind; subjectId: string; signal: FactSignal };
    }
  | { kind: 'stand-down'; key: string; payload: { ticketId: string; reason: string } }
  | {
      kind: 'webhook';
      key: string;
      payload: {
        event: string;
        caseId: string | null;
        accountId: string;
        occurredAt: string;
        data: Record<string, unknown>;
        /** Set where the event is for one subscription; until then it is to be spread. */
        to?: string;
      };
    };

/** 0 restoration and recall, 1 cases, 2 the rest. */
export const PRIORITY = {
  'stand-down': 0,
  'start-restore': 0,
  'signal-restore': 0,
  'signal-case': 1,
  'start-report': 2,
  'signal-report': 2,
  'start-matter': 2,
  'signal-matter': 2,
  webhook: 2,
} as const;

/** Queues one entry in the caller's transaction; the dispatcher in the worker delivers it at least once. */
export async function putOutbox(tx: Tx, companyId: string, entry: OutboxEntry): Promise<void> {
  await tx.run(
    `insert into outbox (company_id, kind, outbox_key, priority, payload) values ($1, $2, $3, $4, $5)
     on conflict (outbox_key) do nothing`,
    [companyId, entry.kind, entry.key, PRIORITY[entry.kind], json(entry.payload)],
  );
}
