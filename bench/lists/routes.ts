import { addDays } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { EVERYWHERE } from './seed.ts';

/** What a screen of the console asks for; add a line for each new list. */
export interface Screen {
  readonly what: string;
  readonly path: string;
  /** What a search sends; a plain list has none. */
  readonly text?: string;
  /** Who asks: everything of the company, or one centre of twenty. */
  readonly centres?: readonly string[];
  /** Pages to turn before the one that is timed. */
  readonly pages?: number;
}

const today = civilDateAt(Date.now());
const centre = ['centre-1'];

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
  { what: 'one account', path: '/accounts/320800010000' },
  { what: 'why an account', path: '/accounts/320800010000/why' },
  { what: 'screening of a centre', path: '/screenings?centreId=centre-2', centres: ['centre-2'] },
  { what: 'tasks', path: '/tasks?mine=false' },
  { what: 'tasks, own centre, page 20', path: '/tasks?mine=false&limit=50', centres: centre, pages: 20 },
  { what: 'my tasks', path: '/tasks?mine=true', centres: centre },
  { what: 'approvals', path: '/approvals' },
  { what: 'approvals, own centre', path: '/approvals', centres: centre },
  { what: 'tickets', path: '/tickets' },
  { what: 'tickets, own centre', path: '/tickets', centres: ['centre-9'] },
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
];
