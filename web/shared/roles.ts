import type { Dictionary } from './i18n/i18n.ts';

/** Roles of staff, as tokens name them. */
export type StaffRole =
  | 'reader'
  | 'centre'
  | 'team-leader'
  | 'station-head'
  | 'marketing-manager'
  | 'company-head'
  | 'company-president'
  | 'government-liaison'
  | 'crew'
  | 'clerk-95598'
  | 'credit-officer'
  | 'auditor'
  | 'operator';

export const SIGNERS: readonly StaffRole[] = [
  'station-head',
  'marketing-manager',
  'company-head',
  'company-president',
  'government-liaison',
];
export const LEADERS: readonly StaffRole[] = ['team-leader', ...SIGNERS];
export const DESK: readonly StaffRole[] = ['reader', 'centre', ...LEADERS, 'clerk-95598', 'auditor'];

export const ROLE_TEXTS: Dictionary = {
  reader: { zh: '抄表员', en: 'Reader' },
  centre: { zh: '抄表中心', en: 'Meter-reading centre' },
  'team-leader': { zh: '抄表班长', en: 'Team leader' },
  'station-head': { zh: '营业站站长', en: 'Station head' },
  'marketing-manager': { zh: '营销经理', en: 'Marketing manager' },
  'company-head': { zh: '公司分管领导', en: 'Company manager in charge' },
  'company-president': { zh: '公司主要负责人', en: 'Company head' },
  'government-liaison': { zh: '政企联络员', en: 'Government liaison' },
  crew: { zh: '停送电班组', en: 'Crew' },
  'clerk-95598': { zh: '95598 坐席', en: 'Hotline clerk' },
  'credit-officer': { zh: '信用专责', en: 'Credit officer' },
  auditor: { zh: '审计', en: 'Auditor' },
  operator: { zh: '运维', en: 'Operator' },
};
