export { collectionCase } from './collection-case.ts';
export { restoration } from './restoration.ts';
export { upwardReport } from './upward-report.ts';
export { paymentWatch } from './payment-watch.ts';
export { operationsWatch } from './operations-watch.ts';
export { reconciliation } from './reconciliation.ts';
export { creditRun } from './credit/credit-run.ts';
export { creditWatch } from './credit/credit-watch.ts';
export { creditDowngrade, creditExport, creditObjection, creditRepair } from './credit/matters.ts';
