/** What a crew has to know before it restores; moments as `YYYY-MM-DD HH:MM`, Shanghai time. */
export interface RestoreTicketFacts {
  ticketId: string;
  companyName: string;
  centreName: string;
  accountNo: string;
  customerName: string;
  address: string;
  meterNo: string;
  /** Why supply is owed, in words. */
  cause: string;
  causeAt: string;
  deadline: string;
}

/** The form 复电工作票 field by field, as printed (T3.1, T3.3). */
export function restoreTicketForm(facts: RestoreTicketFacts): Record<string, string> {
  return {
    票种: '复电工作票',
    票号: facts.ticketId,
    单位: facts.companyName,
    班组: facts.centreName,
    户号: facts.accountNo,
    户名: facts.customerName,
    用电地址: facts.address,
    电能表号: facts.meterNo,
    复电事由: facts.cause,
    事由时间: facts.causeAt,
    复电时限: facts.deadline,
    安全措施: '送电前与用户确认安全；联系不上用户时检查表后开关断开再送电；送电后验电',
    工作负责人: '',
    复电时间: '',
    电压证明: '',
  };
}
