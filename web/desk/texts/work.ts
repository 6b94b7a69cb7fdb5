import type { Dictionary } from '../../shared/i18n/i18n.ts';

export const WORK_TEXTS = {
  title: { zh: '今日工作', en: "Today's work" },
  lead: { zh: '按期限先后排列，越靠上越紧。', en: 'In order of deadline, the most urgent first.' },
  none: { zh: '现在没有待办', en: 'Nothing to do now' },
  'none-now': {
    zh: '有新的待办会自动出现。可以导入欠费或发起催费。',
    en: 'New work appears by itself. You can import arrears or launch cases.',
  },
} satisfies Dictionary;
