import type { ApiClient, TextReason } from './api-client.ts';
import { CliError, EXIT } from './exit.ts';

/** One row of GET /cases. */
export interface CaseItem {
  readonly caseId: string;
  readonly accountNo: string;
  readonly centreId: string;
  readonly status: string;
  readonly stage: string;
  readonly attempt: number;
  readonly outcome: string | null;
  readonly openedAt: string;
  readonly stageSince: string;
}

/** The part of GET /cases/:caseId that is printed. */
export interface CaseView extends CaseItem {
  readonly closedAt: string | null;
  readonly nowAt: string;
  readonly past: readonly { at: string; action: string; actor: string; detail: Record<string, unknown> }[];
  readonly planned: readonly { at: string; step: string }[];
  readonly waitsFor: readonly { kind: string; role: string; assignee: string | null; dueAt: string }[];
  readonly notices: readonly {
    noticeId: string;
    kind: string;
    attempt: number;
    status: string;
    sumFen: number;
    stopAt: string | null;
  }[];
  readonly messages: readonly {
    channel: string;
    purpose: string;
    status: string;
    occurredAt: string;
    failure: string | null;
  }[];
  readonly tickets: readonly { ticketId: string; kind: string; status: string; plannedFrom: string }[];
  readonly stops: readonly {
    stopId: string;
    inForce: boolean;
    occurredAt: string;
    restoredAt: string | null;
  }[];
  readonly decisions: readonly {
    question: string;
    outcome: string;
    occurredAt: string;
    reasons: readonly TextReason[];
  }[];
  readonly allowedActions: readonly { action: string; allowed: boolean; reasons: readonly TextReason[] }[];
}

/** A page as every list answers it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Every item of a paged list, `limit` at most. */
export async function readAll<T>(
  api: ApiClient,
  path: string,
  query: Record<string, string | number | undefined> = {},
  limit = 10_000,
): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined; items.length < limit;) {
    const page = await api.get<Page<T>>(path, { limit: Math.min(200, limit), ...query, cursor });
    items.push(...page.items);
    if (page.next === null) break;
    cursor = page.next;
  }
  return items.slice(0, limit);
}

/** The case that a person means: by its id, else the newest of the account. @throws CliError 2 when there is none */
export async function findCase(api: ApiClient, accountOrCase: string): Promise<CaseView> {
  const [newest] = await readAll<CaseItem>(api, '/cases', { accountNo: accountOrCase }, 1);
  const caseId = newest?.caseId ?? accountOrCase;
  if (newest === undefined && !caseId.includes('-'))
    throw new CliError(`Account ${accountOrCase} has no case.`, EXIT.usage);
  return api.get<CaseView>(`/cases/${encodeURIComponent(caseId)}`);
}
