import type { Dictionary } from '../i18n/i18n.ts';

/** Who acts without being a person. */
export const ACTOR_TEXTS: Dictionary = {
  fudian: { zh: '系统', en: 'the procedure' },
  carrier: { zh: '运营商', en: 'the carrier' },
  billing: { zh: '营销系统', en: 'billing' },
  customer: { zh: '用户', en: 'the customer' },
  watch: { zh: '每日查看', en: 'the daily watch' },
};
