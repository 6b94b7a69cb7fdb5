import type { ReasonTexts } from './texts.ts';

/** Texts of the reasons about approvals. */
export const APPROVAL_REASON_TEXTS = {
  'not-approved': { zh: '停电未经审批', en: 'the stop has not been approved' },
  'approval-pending': { zh: '停电审批未完成', en: 'the approval is still pending' },
  'approval-refused': { zh: '停电审批未通过', en: 'the approval was refused' },
  'approval-expired': { zh: '停电审批已逾期', en: 'the approval has expired' },
  'approval-void': { zh: '停电审批已作废', en: 'the approval is void' },
  'approval-unknown': { zh: '没有该审批', en: 'there is no such approval' },
  'approval-already-approved': { zh: '该审批已通过', en: 'it has been approved already' },
  'approval-already-refused': { zh: '该审批已被否决', en: 'it has been refused already' },
  'approval-already-void': { zh: '该审批已作废', en: 'the approval is void' },
  'applicant-may-not-approve': { zh: '申请人不得审批', en: 'the applicant may not approve' },
  'already-signed': { zh: '该人员已签署本审批', en: 'this person has signed this approval already' },
  'role-not-asked-for': {
    zh: '该人员不具备所需审批角色（{roles}），也无有效授权',
    en: 'this needs one of {roles}; the person has none of them and no valid delegation',
  },
  'decided-alone': {
    zh: '须单独审批：非普通居民用户，或需多人签署',
    en: 'it is decided alone: no ordinary resident, or more than one signature is asked for',
  },
  'protected-decided-alone': { zh: '受保护用户须单独审批', en: 'a protected customer is decided alone' },
  'not-opened': { zh: '本人尚未打开该审批单', en: 'this person has not opened the file of this approval' },
  'decision-without-reason': { zh: '须书面说明理由', en: 'the decision needs a reason in words' },
  'approved-for-another-account': { zh: '审批针对另一用户', en: 'it was approved for another account' },
  'approved-for-another-meter': { zh: '审批针对另一电能表', en: 'it was approved for another meter' },
  'approved-for-another-debtor': { zh: '审批针对另一欠费人', en: 'it was approved for another debtor' },
  'bill-not-approved': {
    zh: '有 {bills} 张账单不在审批范围内',
    en: '{bills} bill(s) were not part of the approval',
  },
  'principal-above-approval': {
    zh: '本金 {principalFen} 高于审批的 {approvedFen}',
    en: 'the principal of {principalFen} is above the approved {approvedFen}',
  },
  'day-not-approved': { zh: '{on} 不在审批的停电日内', en: '{on} is not an approved day' },
  'interval-not-approved': { zh: '停电时段与审批不符', en: 'the hours differ from the approved ones' },
} as const satisfies ReasonTexts;
