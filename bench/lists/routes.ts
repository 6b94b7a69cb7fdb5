import { addDays, addMonths } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { EVERYWHERE } from './seed.ts';

/** What a screen of the console asks for; add a line for each new list. */
export interface Screen {
  readonly what: string;
  readonly path: string;
  /** What a search sends; a plain list has none. */
  readonly text?: string;
  /** What a command sends that is asked like a list. */
  readonly body?: object;
  /** Who asks: everything of the company, or one centre of twenty. */
  readonly centres?: readonly string[];
  /** Pages to turn before the one that is timed. */
  readonly pages?: number;
}

const today = civilDateAt(Date.now());
const centre = ['centre-1'];
/** Has accounts, but none of what the list holds: everybody else's rows are walked past. */
const elsewhere = ['centre-9'];
const half = ['centre-2'];
const ACCOUNT = '320800010000';

export const SCREENS: readonly Screen[] = [
  { what: 'cases, newest', path: '/cases' },
  { what: 'cases, open', path: '/cases?status=open' },
  { what: 'cases, open, page 20', path: '/cases?status=open&limit=50', pages: 20 },
  { what: 'cases of a stage', path: '/cases?status=open&stage=approval' },
  { what: 'cases of a stage, own centre', path: '/cases?status=open&stage=permit', centres: centre },
  { what: 'cases, own centre', path: '/cases?status=open', centres: centre },
  { what: 'cases of an account', path: '/cases?accountNo=320800000010' },
  { what: 'one case', path: '/cases/case-1000' },
  { what: 'history of a case', path: '/cases/case-1000/audit' },
  { what: 'accounts by number', path: '/account-searches', text: '32080000' },
  { what: 'accounts by rare name', path: '/account-searches', text: '司马' },
  { what: 'accounts by a word in every address', path: '/account-searches', text: EVERYWHERE },
  { what: 'accounts by two words', path: '/account-searches', text: `${EVERYWHERE} 司马` },
  { what: 'accounts by number, own centre', path: '/account-searches', text: '3208001', centres: centre },
  { what: 'one account', path: `/accounts/${ACCOUNT}` },
  { what: 'why an account', path: `/accounts/${ACCOUNT}/why` },
  { what: 'screening of a centre', path: '/screenings?centreId=centre-2', centres: half },
  { what: 'tasks', path: '/tasks?mine=false' },
  { what: 'tasks, own centre, page 20', path: '/tasks?mine=false&limit=50', centres: centre, pages: 20 },
  { what: 'my tasks', path: '/tasks?mine=true', centres: centre },
  { what: 'approvals', path: '/approvals' },
  { what: 'approvals, own centre', path: '/approvals', centres: centre },
  { what: 'tickets', path: '/tickets' },
  { what: 'tickets, own centre', path: '/tickets', centres: elsewhere },
  { what: 'stops in force', path: '/stops' },
  { what: 'stops that are over', path: '/stops?inForce=false' },
  { what: 'restorations open', path: '/restorations' },
  { what: 'restorations made', path: '/restorations?open=false' },
  { what: 'restorations missed', path: '/restorations?state=done&missed=true' },
  { what: 'management: cases, approvals, stops', path: '/management/cases' },
  { what: 'management: cases, own centre', path: '/management/cases', centres: centre },
  { what: 'management: money of 30 days', path: '/management/recovered' },
  { what: 'management: restorations of 30 days', path: '/management/restorations' },
  { what: 'management: readers', path: '/management/readers' },
  { what: 'management: readers, own centre', path: '/management/readers', centres: centre },
  { what: 'cases of a reader', path: '/cases?status=open&readerId=reader-10' },
  { what: 'disputes', path: '/disputes' },
  { what: 'reports upward', path: '/reports' },
  { what: 'incidents', path: '/incidents' },
  { what: 'papers', path: '/papers' },
  { what: 'imports', path: '/imports' },
  {
    what: 'capacity',
    path: `/capacity?centreId=centre-1&from=${today}&to=${addDays(today, 30)}`,
    centres: centre,
  },
  { what: 'cases, centre with none', path: '/cases?status=open', centres: elsewhere },
  { what: 'tasks, centre with none', path: '/tasks?mine=false', centres: elsewhere },
  { what: 'reports upward, acknowledged', path: '/reports?state=acknowledged' },
  { what: 'reports upward, centre with none', path: '/reports', centres: elsewhere },
  { what: 'round of a reader', path: '/rounds/reader?limit=200' },
  { what: 'round of all readers', path: '/rounds/reader?limit=200&everybody=true' },
  { what: 'round of a crew', path: '/rounds/crew?limit=200', centres: centre },
  { what: 'round of a crew, whole company', path: '/rounds/crew?limit=200' },
  { what: '95598: one customer', path: `/accounts/${ACCOUNT}/service` },
  { what: '95598: customers by phone or name', path: '/account-searches', text: '王伟芳' },
  { what: 'holds of an account', path: `/accounts/${ACCOUNT}/holds` },
  { what: 'incidents, closed', path: '/incidents?state=closed' },
  { what: 'papers received', path: '/papers?state=received' },
  { what: 'shields standing', path: '/shields' },
  { what: 'shields, own centre', path: '/shields?state=all', centres: half },
  { what: 'alarms', path: '/alarms' },
  { what: 'alarms cleared, own centre', path: '/alarms?state=cleared', centres: half },
  { what: 'faults of an import', path: '/imports/import-1/rejects?limit=200' },
  { what: 'imports, own centre', path: '/imports', centres: half },
  { what: 'reconciliations', path: '/reconciliations' },
  { what: 'differences', path: '/reconciliations/reconciliation-2/differences' },
  { what: 'changes since long ago', path: '/events?after=1.0' },
  { what: 'audit of the desk', path: '/audit/desk' },
  { what: 'credit: downgrades that wait', path: '/credit/downgrades' },
  { what: 'credit: downgrades in force', path: '/credit/downgrades?status=in-force' },
  { what: 'credit: downgrades, own centre', path: '/credit/downgrades', centres: half },
  { what: 'credit: downgrades, centre with none', path: '/credit/downgrades', centres: elsewhere },
  { what: 'credit: downgrades of an account', path: `/credit/downgrades?accountNo=${ACCOUNT}` },
  { what: 'credit: objections', path: '/credit/objections' },
  { what: 'credit: objections, own centre', path: '/credit/objections', centres: half },
  { what: 'credit: objections of an account', path: `/credit/objections?accountNo=${ACCOUNT}` },
  { what: 'credit: repairs', path: '/credit/repairs' },
  { what: 'credit: repairs, centre with none', path: '/credit/repairs', centres: elsewhere },
  { what: 'credit: reports to the platform', path: '/credit/exports?status=proposed' },
  { what: 'credit: reports withdrawn', path: '/credit/exports?status=withdrawn' },
  { what: 'credit: measures', path: '/credit/measures' },
  { what: 'credit: measures, own centre', path: '/credit/measures?role=reader', centres: half },
  { what: 'credit: measures, centre with none', path: '/credit/measures', centres: elsewhere },
  { what: 'credit: runs', path: '/credit/runs' },
  { what: 'credit: who moves in a dry run', path: '/credit/runs/run-1/moves?limit=200' },
  { what: 'credit: the same, own centre', path: '/credit/runs/run-1/moves?limit=200', centres: half },
  { what: 'credit: faults of a run', path: '/credit/runs/run-1/faults' },
  { what: 'credit: file of an account', path: `/accounts/${ACCOUNT}/credit` },
  { what: 'credit: grades of an account', path: `/accounts/${ACCOUNT}/credit/grades` },
  {
    what: 'credit: a past month then and now',
    path: `/accounts/${ACCOUNT}/credit/months/${addMonths(today, -1)}`,
  },
  {
    what: 'credit: 2,000 accounts in order',
    path: '/credit/orderings',
    body: {
      purpose: 'service',
      candidates: Array.from({ length: 2000 }, (_, n) => ({
        accountNo: `3208${String(1 + n * 9).padStart(8, '0')}`,
      })),
    },
  },
];
