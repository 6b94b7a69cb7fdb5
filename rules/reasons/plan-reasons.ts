/** Texts of the reasons that choosing a stop day and checking a policy give. `{name}` is filled from the reason's params. */
export const PLAN_REASON_TEXTS = {
  'stop-day-not-after-due': {
    zh: '停电日 {date} 早于最早可停电日 {earliest}（逾期须超过三十日）',
    en: 'the stop day {date} is before {earliest}, the first day on which this debt may lead to a stop',
  },
  'stop-day-weekday': {
    zh: '{date} 不在允许停电的工作日内',
    en: '{date} is not a weekday on which supply may be stopped',
  },
  'day-not-working': { zh: '{date} 不是工作日', en: '{date} is not a working day' },
  'day-undetermined': {
    zh: '{date} 是否为工作日尚未公布',
    en: 'whether {date} is a working day has not been published yet',
  },
  'eve-of-day-off': { zh: '{date} 是休息日或节假日前一日', en: '{date} is the eve of a day off' },
  'exam-days': {
    zh: '{date} 处于高考期间（6月7日至10日）',
    en: '{date} lies in the exam days, 7 to 10 June',
  },
  'festival-week': {
    zh: '{date} 处于春节或国庆节所在周',
    en: '{date} lies in a week of Spring Festival or National Day',
  },
  'festival-undetermined': {
    zh: '{date} 前后的法定节日尚未算出',
    en: 'the legal holidays around {date} are not known',
  },
  'weather-warning': {
    zh: '{date} 有 {level} 级天气预警',
    en: 'there is a {level} weather warning on {date}',
  },
  shielded: {
    zh: '{date} 处于保电期（{from} 至 {to}）',
    en: '{date} is shielded from stops ({from} to {to})',
  },
  'no-stop-capacity': { zh: '{date} 停电作业人员已排满', en: 'no crew is free for a stop on {date}' },
  'no-restore-capacity': {
    zh: '{date} 没有可预留的复电人员',
    en: 'no crew can be reserved for restoring supply on {date}',
  },
  'capacity-unknown': { zh: '{date} 的作业能力未登记', en: 'the crews of {date} are not entered' },
  'no-start-time': {
    zh: '停电时段内没有可用的起始时刻',
    en: 'no start time fits between the hours for calls and the end of the stop window',
  },
  'no-bill-may-cause-stop': {
    zh: '到 {date} 为止，没有足够金额的电费可作为停电依据',
    en: 'up to {date} no electricity debt of {minimumDebtFen} or more may lead to a stop',
  },
  'no-stop-day': {
    zh: '{from} 至 {to} 之间没有可用的停电日',
    en: 'no stop day can be had between {from} and {to}',
  },
  'no-approval-day': {
    zh: '{from} 之后没有确定的工作日可供审批',
    en: 'no certain working day for the approval after {from}',
  },
  'policy-not-a-whole-number': {
    zh: '参数 {name} 不是整数：{value}',
    en: 'parameter {name} is not a whole number: {value}',
  },
  'policy-below': {
    zh: '参数 {name} 为 {value}，不得小于 {least}',
    en: 'parameter {name} is {value}; it must be at least {least}',
  },
  'policy-above': {
    zh: '参数 {name} 为 {value}，不得大于 {most}',
    en: 'parameter {name} is {value}; it must be at most {most}',
  },
  'policy-weekdays': {
    zh: '停电日须在星期一至星期五之间',
    en: 'weekdays for stops must be given, Monday to Friday',
  },
  'policy-no-approver': { zh: '类别 {name} 没有审批人', en: 'category {name} has no approver' },
  'policy-escalation-hours': {
    zh: '复电升级时点须递增且在复电时限之内',
    en: 'escalation hours must rise and lie before the limit for restoration',
  },
} as const satisfies Record<string, { zh: string; en: string }>;
