import type { Dictionary } from '../../shared/i18n/i18n.ts';

export const LIST_TEXTS = {
  more: { zh: '再显示一页', en: 'Show more' },
  choose: { zh: '选择', en: 'Choose' },
  'choose-all': { zh: '全选', en: 'Choose all' },
  account: { zh: '户号', en: 'Account' },
  customer: { zh: '户名', en: 'Customer' },
  address: { zh: '地址', en: 'Address' },
  cancel: { zh: '取消', en: 'Cancel' },
} satisfies Dictionary;
