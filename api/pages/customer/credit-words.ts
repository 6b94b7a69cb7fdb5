import type { Words } from './words.ts';

/** What follows from a grade, as a customer calls it. */
export const MEASURE_WORDS: Readonly<Record<string, Words>> = {
  'free-diagnosis': ['免费用电诊断', 'free diagnosis of your installation'],
  'queue-priority': ['优先受理用电申请', 'applications for supply come first'],
  'yearly-inspection': ['每年一次免费检查', 'one free inspection a year'],
  'rationed-last': ['限电时靠后安排', 'last in rationing'],
  'repair-priority': ['优先抢修', 'repaired first'],
  training: ['用电培训', 'training'],
  'outage-sms': ['计划停电前短信告知', 'SMS before planned outages'],
  'fast-lane': ['业务绿色通道', 'fast lane'],
  'individual-plan': ['个性化用电方案', 'an individual plan'],
  honour: ['信用荣誉', 'honours'],
  'simpler-procedures': ['手续简化', 'simpler procedures'],
  'safety-check': ['免费安全检查', 'safety check'],
  'applications-first': ['申请优先办理', 'applications taken first'],
  'commitment-for-title': ['可用书面承诺代替产权证明', 'a signed commitment replaces proof of title'],
  'trusted-services': ['可信用户服务', 'services for trusted customers'],
  'prepayment-proposal': ['预付电费', 'prepayment'],
  'prepaid-meter-offer': ['安装预付费电能表', 'a prepaid meter'],
  'grade-told': ['我们书面告知您等级', 'we tell you your grade'],
  'close-inspection': ['加强用电检查', 'more inspections'],
  'monthly-inspection': ['每月用电检查', 'an inspection each month'],
  'half-monthly-payment': ['电费每半月结算', 'half-monthly payment'],
  'close-monitoring': ['重点关注', 'closer watch'],
  'legal-action': ['依法追究', 'legal action'],
  'colour-reminder': ['我们提醒您', 'we remind you'],
  'colour-letter': ['我们书面致函', 'we write to you'],
};

export const RECORD_WORDS: Readonly<Record<string, Words>> = {
  theft: ['窃电', 'theft'],
  violation: ['违约用电', 'violation'],
  inspection: ['用电检查', 'inspection'],
  equipment: ['设备检验', 'equipment test'],
  cooperation: ['配合情况', 'co-operation'],
  breach: ['失约', 'breach'],
  external: ['外部记录', 'outside record'],
  honour: ['荣誉', 'honour'],
};

export const LETTER_WORDS: Readonly<Record<string, Words>> = {
  'grade-told': ['信用等级告知书', 'notice of your grade'],
  'colour-reminder': ['信用提醒', 'reminder'],
  'colour-letter': ['信用提醒函', 'letter'],
  'downgrade-notice': ['等级调整告知书', 'notice of a lower grade'],
  'objection-answer': ['异议答复', 'answer to your objection'],
  'repair-answer': ['修复答复', 'answer to your repair'],
  'publication-notice': ['报送事先告知书', 'notice before a report'],
  correction: ['告知更正', 'correction'],
};

export const VALUE_WORDS: Readonly<Record<string, Words>> = {
  A: ['A 级', 'A'],
  B: ['B 级', 'B'],
  C: ['C 级', 'C'],
  D: ['D 级', 'D'],
  excellent: ['优秀', 'excellent'],
  good: ['良好', 'good'],
  fair: ['一般', 'fair'],
  poor: ['较差', 'poor'],
  bad: ['差', 'bad'],
  green: ['绿色', 'green'],
  blue: ['蓝色', 'blue'],
  yellow: ['黄色', 'yellow'],
  red: ['红色', 'red'],
  black: ['黑色', 'black'],
};

export const OBJECTION_WORDS: Readonly<Record<string, Words>> = {
  open: ['正在核查', 'being looked into'],
  checking: ['正在核查', 'being looked into'],
  upheld: ['成立，已更正', 'upheld and corrected'],
  'partly-upheld': ['部分成立，已更正', 'upheld in part and corrected'],
  rejected: ['不成立', 'not upheld'],
  withdrawn: ['已撤回', 'withdrawn'],
};
