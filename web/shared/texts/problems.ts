import type { Dictionary } from '../i18n/i18n.ts';

/** What a reader does about a problem; the API itself says what happened. */
export const PROBLEM_TEXTS: Dictionary = {
  'offline.title': { zh: '连接不上服务器', en: 'The server cannot be reached' },
  'offline.detail': {
    zh: '网络中断或服务器未响应，不确定请求是否已送达。',
    en: 'The network is down or the server did not answer; whether the request arrived is not known.',
  },
  'now.offline': {
    zh: '检查网络后点“重试”。重试沿用同一编号，不会重复办理。',
    en: 'Check the network, then try again. A retry carries the same key, so nothing is done twice.',
  },
  'now.sign-in': { zh: '请重新登录，未提交的内容会保留。', en: 'Sign in again; what you typed is kept.' },
  'now.other-person': {
    zh: '您的岗位或中心无权办理，请交由上述岗位处理。',
    en: 'Your role or centre may not do this; hand it to the role named above.',
  },
  'now.look-elsewhere': {
    zh: '可能属于其他中心，或已不存在。请返回列表查找。',
    en: 'It may belong to another centre, or be gone. Go back to the list.',
  },
  'now.facts-changed': {
    zh: '情况可能已变化，页面已刷新。请按上述原因处理后再试。',
    en: 'Facts may have changed and the page was refreshed. Deal with the reasons above, then try again.',
  },
  'now.wait': { zh: '请等待约 {seconds} 秒后再试。', en: 'Wait about {seconds} seconds, then try again.' },
  'now.try-again': {
    zh: '稍候点“重试”；仍不行请把请求编号告诉运维。',
    en: 'Try again in a moment; if it stays, tell the operator the request id.',
  },
  'now.mend-input': { zh: '请按提示改正后再提交。', en: 'Correct what is named and send it again.' },
  'now.request-in-progress': {
    zh: '同一请求正在办理，请稍候片刻。',
    en: 'The same request is being handled; wait a moment.',
  },
  reasons: { zh: '原因', en: 'Why' },
  'request-id': { zh: '请求编号', en: 'Request id' },
  retry: { zh: '重试', en: 'Try again' },
  'page-broken.title': { zh: '页面出错', en: 'This page broke' },
  'page-broken.detail': {
    zh: '已办理的业务不受影响。请重新载入页面；若再次出现，请告知运维。',
    en: 'Nothing that was done is lost. Load the page again; if it happens again, tell the operator.',
  },
  reload: { zh: '重新载入', en: 'Load again' },
};
