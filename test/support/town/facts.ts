import type { HoldEnding } from '../../../rules/holds/what-ends-a-hold.ts';
import { must, person } from './person.ts';
import type { Town } from './town.ts';

export interface HoldSet {
  holdId: string;
  untilAt: string | null;
  decisionDueAt: string | null;
}

/** A report as the leaders' list shows it. */
export interface SeenReport {
  reportId: string;
  subject: string;
  subjectId: string;
  toRoles: string[];
  rung: number;
  acknowledgedBy: string | null;
}

export interface SeenIncident {
  incidentId: string;
  stopId: string;
  kind: string;
  reasons: { code: string }[];
  stopInForce: boolean;
  closedAt: string | null;
}

export type Ending = Exclude<HoldEnding, 'paid' | 'reversed'>;

/** What somebody at a desk records and sees while a case runs. */
export function desk(town: Town, personId: string) {
  const who = person(town, personId);
  const path = encodeURIComponent;
  return {
    setHold: (accountNo: string, hold: { kind: string; reason: string; until?: string; about?: string }) =>
      must(who.post<HoldSet>(`/accounts/${path(accountNo)}/holds`, hold)),
    endHold: (holdId: string, ending: Ending, reason: string) =>
      must(who.post(`/holds/${path(holdId)}/end`, { ending, reason })),
    setShield: (shield: Record<string, string>) =>
      must(who.post<{ shieldId: string; reached: number; recalled: number }>('/shields', shield)),
    reportDanger: (accountNo: string, reason: string) =>
      must(
        who.post<{ holdId: string; restorationOwed: boolean }>(`/accounts/${path(accountNo)}/danger`, {
          reason,
        }),
      ),
    decideForSilent: (caseId: string, decision: 'go-ahead' | 'refuse', reason: string) =>
      must(who.post(`/cases/${path(caseId)}/senior-decisions`, { decision, reason })),
    acknowledge: (reportId: string) => must(who.post(`/reports/${path(reportId)}/acknowledgements`)),
    reports: async (state: 'waiting' | 'acknowledged') =>
      (await must(who.get<{ items: SeenReport[] }>(`/reports?state=${state}&limit=100`))).items,
    incidents: async (state: 'open' | 'closed') =>
      (await must(who.get<{ items: SeenIncident[] }>(`/incidents?state=${state}&limit=100`))).items,
    updateIncident: (incidentId: string, update: Record<string, unknown>) =>
      must(who.post<SeenIncident>(`/incidents/${path(incidentId)}`, update)),
  };
}
