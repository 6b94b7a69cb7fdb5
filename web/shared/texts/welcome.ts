import type { Dictionary } from '../i18n/i18n.ts';

export const WELCOME_TEXTS = {
  title: { zh: '复电 · 欠费催收与复电', en: 'Fudian · arrears, stops and restorations' },
  lead: {
    zh: '不停错一户，及时复电。',
    en: 'Not one wrongful stop, and the light back in time.',
  },
  'sign-in': { zh: '登录', en: 'Sign in' },
  'other-language': { zh: 'English', en: '中文' },
  demo: {
    zh: '演示环境：点“登录”后选择一个岗位即可。',
    en: 'A demonstration: choose a role on the next page.',
  },
} satisfies Dictionary;
