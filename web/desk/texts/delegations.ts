import type { Dictionary } from '../../shared/i18n/i18n.ts';

export const DELEGATION_TEXTS = {
  title: { zh: '委托代签', en: 'Delegations' },
  lead: {
    zh: '外出时委托同事代您签署。代签人不能是申请人，也不能为同一审批签两次；可随时终止。',
    en: 'While you are away a colleague signs for you. Never the applicant, never twice for one approval; you can end it at any time.',
  },
  to: { zh: '委托给', en: 'To' },
  role: { zh: '以何岗位签署', en: 'For which role' },
  from: { zh: '自', en: 'From' },
  until: { zh: '至', en: 'Until' },
  set: { zh: '委托', en: 'Delegate' },
  set2: { zh: '已委托', en: 'Delegated' },
  standing: { zh: '有效的委托', en: 'Standing delegations' },
  none: { zh: '没有有效的委托', en: 'No delegation stands' },
  'none-now': {
    zh: '外出前在上方选择同事和起止时间。',
    en: 'Before you are away, choose a colleague and the time above.',
  },
  who: { zh: '委托人', en: 'From whom' },
  whom: { zh: '代签人', en: 'To whom' },
  end: { zh: '终止', en: 'End' },
  ended: { zh: '已终止', en: 'Ended' },
  needed: { zh: '请填写', en: 'Needed' },
} satisfies Dictionary;
