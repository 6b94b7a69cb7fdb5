import { wholeCompany } from '../../../db/database.ts';
import type { Intake } from '../../../intake/deps.ts';
import { endHold, type HoldEnded } from '../../../intake/holds/end-hold.ts';
import { reportDanger } from '../../../intake/holds/report-danger.ts';
import { setHold, type HoldSet, type NewHold } from '../../../intake/holds/set-hold.ts';
import { updateIncident, type IncidentUpdate } from '../../../intake/incidents/update-incident.ts';
import { acknowledgeReport } from '../../../intake/reports/acknowledge-report.ts';
import { recordSeniorDecision } from '../../../intake/senior/record-senior-decision.ts';
import { setShield, type NewShield, type ShieldSet } from '../../../intake/shields/set-shield.ts';
import { COMPANY, type Town } from './town.ts';

/** What somebody in an office records while a case runs; one place, so that the door it goes through is one. */
export interface Desk {
  setHold(hold: Omit<NewHold, 'by'> & { accountNo: string; kind: NewHold['kind'] }): Promise<HoldSet>;
  endHold(end: Omit<HoldEnded, 'by'>): Promise<void>;
  setShield(shield: Omit<NewShield, 'by'>): Promise<ShieldSet>;
  reportDanger(accountNo: string, reason: string): Promise<void>;
  updateIncident(update: Omit<IncidentUpdate, 'by'>): Promise<void>;
  acknowledge(report: { subject: string; subjectId: string; roles: readonly string[] }): Promise<void>;
  decideForSilent(decision: {
    ticketId: string;
    roles: readonly string[];
    decision: 'go-ahead' | 'refuse';
    reason: string;
  }): Promise<void>;
}

export function desk(town: Town, by: string): Desk {
  const intake: Intake = { db: town.db, vault: town.vault, scope: wholeCompany(COMPANY) };
  return {
    setHold: (hold) => setHold(intake, { ...hold, by }),
    endHold: (end) => endHold(intake, { ...end, by }),
    setShield: (shield) => setShield(intake, { ...shield, by }),
    reportDanger: async (accountNo, reason) => {
      await reportDanger(intake, { accountNo, reason, by });
    },
    updateIncident: (update) => updateIncident(intake, { ...update, by }),
    acknowledge: (report) => acknowledgeReport(intake, { ...report, by }),
    decideForSilent: (decision) => recordSeniorDecision(intake, { ...decision, by }),
  };
}
