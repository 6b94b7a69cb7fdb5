import type { Dictionary } from '../shared/i18n/i18n.ts';

export const PHONE_TEXTS = {
  title: { zh: '现场作业', en: 'Field work' },
  'sign-out': { zh: '退出', en: 'Sign out' },
  language: { zh: 'English', en: '中文' },
  'no-page': { zh: '您的岗位没有手机页面', en: 'There are no phone pages for your role' },
  'no-page-now': { zh: '请在电脑上使用控制台。', en: 'Use the console on a computer.' },
  console: { zh: '打开控制台', en: 'Open the console' },
} satisfies Dictionary;
