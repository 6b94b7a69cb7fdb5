import type { TELLINGS } from './run-crashes.ts';

/** Which life reaches each activity of the procedure; `npm run crash` kills the worker behind every one of them. */
export const REACHED_BY: Readonly<Record<string, keyof typeof TELLINGS | 'watched'>> = {
  beginRestoration: 'restoredLate',
  checkAndCall: 'restoredLate',
  closeCase: 'restoredLate',
  decideApproval: 'restoredLate',
  decidePermit: 'restoredLate',
  dispatchTicket: 'restoredLate',
  escalateRestoration: 'restoredLate',
  isRestored: 'restoredLate',
  lastCheck: 'restoredLate',
  look: 'restoredLate',
  openCase: 'restoredLate',
  planStop: 'restoredLate',
  prepareFirstDunning: 'restoredLate',
  preparePaper: 'withoutReceipt',
  prepareRed: 'restoredLate',
  prepareSecondNotice: 'restoredLate',
  raiseReportRung: 'recalled',
  readBillingNow: 'restoredLate',
  readPaymentFeed: 'watched',
  recordMiss: 'restoredLate',
  remind: 'restoredLate',
  requestApproval: 'restoredLate',
  scheduleStop: 'restoredLate',
  sendMessage: 'restoredLate',
  sendTicket: 'restoredLate',
  slipAttempt: 'withoutReceipt',
  submitPaper: 'withoutReceipt',
  switchOff: 'switchedRemotely',
  switchOn: 'switchedRemotely',
  watchStops: 'watched',
};

/** Acts of credit, reconciliation and alarms: no life of a crash run reaches them yet; docs/reliability.md says so. */
export const NOT_REACHED: readonly string[] = [
  ...[
    'anchorAudit',
    'askPlatform',
    'beginReconciliation',
    'compareBilling',
    'compareMeters',
    'comparePermits',
    'compareTickets',
  ],
  ...[
    'compareWorkflows',
    'endReconciliation',
    'judgeStretch',
    'keepMeasures',
    'lookAtDowngrade',
    'lookAtExport',
  ],
  ...['lookAtObjection', 'lookAtRepair', 'notePart', 'openCreditRun', 'prepareReminders', 'reportToPlatform'],
  ...[
    'sendCreditMessages',
    'setCreditRunStatus',
    'takeBackFromPlatform',
    'watchOperations',
    'workOffCreditDue',
  ],
];
