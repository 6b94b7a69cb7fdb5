import type { Lang } from '../http/caller.ts';
import { fill } from './fill.ts';

/** What a finding says, and what to do about it; a finding that is well has no advice. `{name}` is filled from its params. */
const TEXTS = {
  fine: { zh: ['正常', ''], en: ['ok', ''] },
  'no-answer': {
    zh: ['无应答：{fault}', '检查该系统是否运行、地址与网络是否正确（{setting}）。'],
    en: [
      'does not answer: {fault}',
      'See whether it runs, and whether address and network are right ({setting}).',
    ],
  },
  'credentials-refused': {
    zh: ['拒绝了我方凭证', '更新 {setting} 后重启。'],
    en: ['does not accept our credentials', 'Renew {setting} and restart.'],
  },
  'schema-behind': {
    zh: ['数据库与程序版本不符：{fault}', '运行 node tools/prepare.ts。'],
    en: ['database and code do not match: {fault}', 'Run node tools/prepare.ts of this version.'],
  },
  'clock-differs': {
    zh: ['与数据库时钟相差 {seconds} 秒', '在两台机器上启用时间同步。'],
    en: ['its clock differs from ours by {seconds} s', 'Keep the clocks of both machines in step (NTP).'],
  },
  'wrong-keys': {
    zh: ['无法解开已存的数据', 'DATA_KEYS 缺少旧密钥：补上后重启。'],
    en: ['what is stored cannot be opened', 'A key is missing in DATA_KEYS: add it and restart.'],
  },
  'nobody-polls': {
    zh: ['任务队列 {queues} 无工作进程', '启动 worker（node worker/main.ts）。'],
    en: ['nobody works on the task queues {queues}', 'Start a worker (node worker/main.ts).'],
  },
  'not-writable': {
    zh: ['无法写入：{fault}', '检查 BLOB_DIR 的权限与磁盘空间。'],
    en: ['cannot be written: {fault}', 'See to permissions and room of BLOB_DIR.'],
  },
  'no-calendar': {
    zh: ['{years} 年法定节假日与调休尚未载入', '公布后由中心载入；此前按“不确定日不停电”排期。'],
    en: [
      'the days off of {years} are not loaded',
      'Load them once they are published; until then doubtful days are not used.',
    ],
  },
  'no-capacity': {
    zh: ['未来 30 天没有可用的停送电班组', '登记班组能力（fudian company apply），否则不会安排停电。'],
    en: [
      'no crews are entered for the next 30 days',
      'Enter crews (fudian company apply); without them no stop is planned.',
    ],
  },
  'watch-idle': {
    zh: ['{run} 已 {minutes} 分钟未运行', '在 Temporal 中查看该计划是否被暂停或失败。'],
    en: ['{run} has not run for {minutes} min', 'Look in Temporal whether its schedule is paused or fails.'],
  },
  'outbox-waits': {
    zh: ['最早的待发事项已等待 {seconds} 秒', '查看 worker 日志与 outbox.last_error。'],
    en: ['the oldest entry waits for {seconds} s', 'Read the log of the worker, and outbox.last_error.'],
  },
  'alarms-stand': {
    zh: ['告警：{kinds}', '见 docs/operating.md “Alarms”。'],
    en: ['alarms: {kinds}', 'See docs/operating.md, Alarms.'],
  },
} as const;

export type FindingCode = keyof typeof TEXTS;

export function findingText(
  code: FindingCode,
  params: Readonly<Record<string, string | number>>,
  lang: Lang,
): { detail: string; advice: string } {
  const [detail, advice] = TEXTS[code][lang];
  return { detail: fill(detail, params), advice: fill(advice, params) };
}
