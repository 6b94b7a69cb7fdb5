import type { Lang } from '../http/caller.ts';
import { fill } from './fill.ts';
import { THING_WORDS } from './thing-words.ts';

interface ProblemText {
  title: string;
  detail: string;
}

/** What each problem is called and what the reader may do about it; `{name}` is filled from the problem's params. */
const TEXTS = {
  'malformed-json': {
    zh: { title: '请求体不是有效的 JSON', detail: '无法解析请求体。' },
    en: { title: 'The body is not JSON', detail: 'The request body could not be parsed.' },
  },
  'invalid-request': {
    zh: { title: '请求内容有误', detail: '请按 errors 中列出的字段改正。' },
    en: { title: 'The request is not valid', detail: 'Correct the fields listed in errors.' },
  },
  'not-printable': {
    zh: { title: '此文书不能打印', detail: '它生成时尚未保存打印所需的内容；请查看全文。' },
    en: {
      title: 'This paper cannot be printed',
      detail: 'It was written before what printing needs was sealed with it; read its text instead.',
    },
  },
  'letter-withdrawn': {
    zh: { title: '该函件已撤回', detail: '其内容不再成立，不得送达。' },
    en: { title: 'This letter was withdrawn', detail: 'What it says holds no longer: do not bring it.' },
  },
  'invalid-cursor': {
    zh: { title: '翻页游标无效', detail: '请从第一页重新读取。' },
    en: { title: 'The cursor is not valid', detail: 'Start again from the first page.' },
  },
  'idempotency-key-required': {
    zh: {
      title: '缺少 Idempotency-Key',
      detail: '每个 POST 请求须带 8 至 128 个字符的 Idempotency-Key 请求头。',
    },
    en: {
      title: 'Idempotency-Key is missing',
      detail: 'Every POST carries an Idempotency-Key header of 8 to 128 characters.',
    },
  },
  'idempotency-key-reused': {
    zh: { title: 'Idempotency-Key 已用于另一请求', detail: '同一个键只能用于同一请求；请换一个键。' },
    en: {
      title: 'Idempotency-Key was used for another request',
      detail: 'One key belongs to one request; use a new key.',
    },
  },
  'request-in-progress': {
    zh: { title: '同一请求正在处理', detail: '请稍候用同一个键再试。' },
    en: { title: 'The same request is being handled', detail: 'Try again with the same key in a moment.' },
  },
  'token-missing': {
    zh: { title: '未登录', detail: '请带上 Bearer 访问令牌。' },
    en: { title: 'Not signed in', detail: 'Send a Bearer access token.' },
  },
  'token-invalid': {
    zh: { title: '访问令牌无效', detail: '令牌已过期、签名不符或并非发给本系统。' },
    en: {
      title: 'The access token is not valid',
      detail: 'It has expired, is not signed by the issuer, or is for someone else.',
    },
  },
  'role-not-permitted': {
    zh: { title: '岗位无此权限', detail: '此操作限于：{roles}。' },
    en: { title: 'Not permitted for your role', detail: 'This is for: {roles}.' },
  },
  'other-company': {
    zh: { title: '不属于本公司', detail: '令牌属于另一公司。' },
    en: { title: 'Another company', detail: 'The token belongs to another company.' },
  },
  'centre-not-permitted': {
    zh: { title: '不在您的管辖范围', detail: '营业站 {centreId} 不在您的范围内。' },
    en: { title: 'Outside your centres', detail: 'Centre {centreId} is not one of yours.' },
  },
  'not-yours': {
    zh: { title: '不归您处理', detail: '此事已派给他人。' },
    en: { title: 'Not assigned to you', detail: 'This is assigned to another person.' },
  },
  'signature-invalid': {
    zh: { title: '签名不符', detail: '请求未由约定的密钥签名，或已过期。' },
    en: {
      title: 'The signature is not valid',
      detail: 'The request is not signed with the agreed key, or is too old.',
    },
  },
  'not-found': {
    zh: { title: '未找到', detail: '在您的范围内没有这样的{what}。' },
    en: { title: 'Not found', detail: 'There is no such {what} within your scope.' },
  },
  'no-such-route': {
    zh: { title: '没有这个地址', detail: '可用地址见 /openapi.json。' },
    en: { title: 'No such address', detail: 'See /openapi.json for what there is.' },
  },
  'method-not-allowed': {
    zh: { title: '此地址不支持该方法', detail: '可用方法：{allowed}。' },
    en: { title: 'Method not allowed here', detail: 'Allowed: {allowed}.' },
  },
  'body-too-large': {
    zh: { title: '请求体过大', detail: '上限为 {limitBytes} 字节。' },
    en: { title: 'The body is too large', detail: 'The limit is {limitBytes} bytes.' },
  },
  'unsupported-media-type': {
    zh: { title: '不支持的内容类型', detail: '请以 {expected} 发送。' },
    en: { title: 'Unsupported media type', detail: 'Send {expected}.' },
  },
  'request-aborted': {
    zh: { title: '请求未传完', detail: '连接在传输中断开。' },
    en: { title: 'The request was cut off', detail: 'The connection closed before the body was complete.' },
  },
  'too-many-requests': {
    zh: { title: '请求过于频繁', detail: '请在 {seconds} 秒后再试。' },
    en: { title: 'Too many requests', detail: 'Try again in {seconds} seconds.' },
  },
  'too-many-streams': {
    zh: { title: '打开的窗口过多', detail: '实时更新每人最多 {limit} 个连接；请关闭不用的窗口。' },
    en: {
      title: 'Too many windows are open',
      detail: 'Live updates allow {limit} per person; close some windows.',
    },
  },
  'console-not-built': {
    zh: { title: '控制台尚未构建', detail: '请运行 npm start，或构建后设置 CONSOLE_DIR。' },
    en: { title: 'The console is not built', detail: 'Run npm start, or build it and set CONSOLE_DIR.' },
  },
  'not-permitted': {
    zh: { title: '依规定不可', detail: '理由见 reasons。' },
    en: { title: 'Not permitted by the rules', detail: 'See reasons.' },
  },
  undetermined: {
    zh: { title: '事实不足，尚不能决定', detail: '缺少的事实见 reasons；在此之前不视为许可。' },
    en: {
      title: 'Facts are missing',
      detail: 'See reasons for what is not known; until then this is not permission.',
    },
  },
  'no-open-case': {
    zh: { title: '没有进行中的催费', detail: '该户当前没有进行中的催费流程。' },
    en: { title: 'No open case', detail: 'This account has no case in progress.' },
  },
  'refused-by-procedure': {
    zh: { title: '流程当前不接受此操作', detail: '理由见 reasons。' },
    en: { title: 'The procedure does not accept this now', detail: 'See reasons.' },
  },
  'refused-by-facts': {
    zh: { title: '与已记录的事实不符', detail: '理由见 reasons。' },
    en: { title: 'In conflict with what is recorded', detail: 'See reasons.' },
  },
  'procedure-unreachable': {
    zh: { title: '流程引擎暂不可用', detail: '操作未执行；请稍候用同一个 Idempotency-Key 再试。' },
    en: {
      title: 'The procedure engine cannot be reached',
      detail: 'Nothing was done; try again with the same Idempotency-Key.',
    },
  },
  'system-unavailable': {
    zh: { title: '外部系统暂不可用', detail: '{system} 没有应答；请稍候再试。' },
    en: { title: 'An outside system cannot be reached', detail: '{system} did not answer; try again later.' },
  },
  'system-refused': {
    zh: { title: '外部系统拒绝', detail: '{system} 答复：{systemCode}。' },
    en: { title: 'An outside system refused', detail: '{system} answered {systemCode}.' },
  },
  'not-ready': {
    zh: { title: '尚未就绪', detail: '不可用：{missing}。' },
    en: { title: 'Not ready', detail: 'Not reachable: {missing}.' },
  },
  'link-expired': {
    zh: { title: '链接已失效', detail: '请拨打 95598 查询。' },
    en: { title: 'The link has expired', detail: 'Call 95598.' },
  },
  'internal-error': {
    zh: { title: '系统出错', detail: '请把请求编号告诉运行值班人员。' },
    en: { title: 'Something went wrong here', detail: 'Tell the operator the request id.' },
  },
} as const satisfies Record<string, Record<Lang, ProblemText>>;

export type ProblemCode = keyof typeof TEXTS;
export const PROBLEM_CODES = Object.keys(TEXTS) as ProblemCode[];

const known = (code: string): code is ProblemCode => Object.hasOwn(TEXTS, code);

/** Title and detail of a problem; a code of a rule's own reads as a refusal by the facts. */
export function problemText(
  code: string,
  lang: Lang,
  params: Readonly<Record<string, string | number>>,
): ProblemText {
  const text = TEXTS[known(code) ? code : 'refused-by-facts'][lang];
  const what = lang === 'zh' ? THING_WORDS[String(params['what'])] : undefined;
  return { title: text.title, detail: fill(text.detail, what === undefined ? params : { ...params, what }) };
}
