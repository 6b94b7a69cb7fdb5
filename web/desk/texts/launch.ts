import type { Dictionary } from '../../shared/i18n/i18n.ts';

export const LAUNCH_TEXTS = {
  title: { zh: '发起催费', en: 'Launch cases' },
  lead: {
    zh: '先试算：哪些户可以立案，哪些不可以、为什么。试算不改变任何数据。',
    en: 'A dry run first: who may enter collection, who not, and why. Nothing is stored by it.',
  },
  centre: { zh: '中心', en: 'Centre' },
  verdict: { zh: '试算结果', en: 'Dry run' },
  why: { zh: '原因', en: 'Why' },
  'only.permitted': { zh: '可立案', en: 'may enter' },
  'only.refused': { zh: '不可立案', en: 'may not' },
  'only.undetermined': { zh: '尚不能确定', en: 'not known yet' },
  counted: { zh: '已试算 {all} 户，其中可立案 {n} 户。', en: '{all} accounts looked at, {n} may enter.' },
  launch: { zh: '立案 {n} 户', en: 'Launch {n}' },
  confirm: { zh: '为 {n} 户立案催费？', en: 'Launch {n} cases?' },
  'confirm-lead': {
    zh: '立案后立即开始首次催费。每户会按最新情况再核对一次；不符合的不会立案。',
    en: 'First dunning begins at once. Each account is judged again by its newest facts; whoever does not fit is left out.',
  },
  launched: { zh: '已立案 {n} 户，未立案 {not} 户', en: '{n} launched, {not} not launched' },
  none: { zh: '没有逾期欠费用户', en: 'No account is overdue' },
  'none-now': { zh: '请先导入欠费。', en: 'Import arrears first.' },
  import: { zh: '欠费导入', en: 'Arrears import' },
} satisfies Dictionary;
