import type { Dictionary } from '../../shared/i18n/i18n.ts';

/** What was asked of the rules. */
export const QUESTIONS: Dictionary = {
  'stop-plan': { zh: '能否选定停电日', en: 'Is there a day for the stop' },
  'plan-stop': { zh: '能否选定停电日', en: 'Is there a day for the stop' },
  'may-serve-red': { zh: '可否送达红单', en: 'May the red notice be served' },
  'may-stop:plan': { zh: '选日时：可否停电', en: 'When planning: may supply be stopped' },
  'may-stop:red': { zh: '送达红单时：可否停电', en: 'At the red notice: may supply be stopped' },
  'may-stop:ticket': { zh: '签发工作票时：可否停电', en: 'At the ticket: may supply be stopped' },
  'may-stop:T-45': { zh: '停电前 45 分钟：可否停电', en: '45 minutes before: may supply be stopped' },
  'may-stop:T-30': { zh: '停电前 30 分钟：可否停电', en: '30 minutes before: may supply be stopped' },
  'may-stop:T-0': { zh: '现场许可：可否停电', en: 'Permit on site: may supply be stopped' },
  'may-enter-collection': { zh: '可否进入催费', en: 'May collection begin' },
};
