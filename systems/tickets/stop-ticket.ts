import { yuan } from '../messages/words.ts';

/** What a crew has to know before it stops; moments as `YYYY-MM-DD HH:MM`, Shanghai time. */
export interface StopTicketFacts {
  ticketId: string;
  companyName: string;
  centreName: string;
  /** The reader in whose name it is raised. */
  applicant: string;
  accountNo: string;
  customerName: string;
  address: string;
  meterNo: string;
  sumFen: number;
  noticeServedOn: string;
  approvalId: string;
  approvers: readonly string[];
  plannedFrom: string;
  plannedTo: string;
}

/** The form 催费停电工作票 field by field, as printed (T2.3). */
export function stopTicketForm(facts: StopTicketFacts): Record<string, string> {
  return {
    票种: '催费停电工作票',
    票号: facts.ticketId,
    单位: facts.companyName,
    班组: facts.centreName,
    申请人: facts.applicant,
    户号: facts.accountNo,
    户名: facts.customerName,
    用电地址: facts.address,
    电能表号: facts.meterNo,
    停电原因: `欠费 ${yuan(facts.sumFen)}`,
    通知书送达日期: facts.noticeServedOn,
    审批单号: facts.approvalId,
    审批人: facts.approvers.join('、'),
    计划停电时间: `${facts.plannedFrom} 至 ${facts.plannedTo.slice(11)}`,
    安全措施:
      '核对户号与表号；表号存疑时请送达通知的抄表员到场辨认；现场申请停电许可后方可操作；许可十分钟内有效',
    许可人: '现场许可（系统）',
    工作负责人: '',
    执行时间: '',
    表底数: '',
  };
}
