import type { Dictionary } from '../../shared/i18n/i18n.ts';

export const DUE_TEXTS = {
  days: { zh: '{days} 天 {hours} 小时', en: '{days} d {hours} h' },
  hours: { zh: '{hours} 小时 {minutes} 分', en: '{hours} h {minutes} min' },
  minutes: { zh: '{minutes} 分 {seconds} 秒', en: '{minutes} min {seconds} s' },
  left: { zh: '还剩 {words}', en: '{words} left' },
  late: { zh: '已逾期 {words}', en: '{words} late' },
} satisfies Dictionary;
