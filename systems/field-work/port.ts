export interface WorkOrder {
  /** Our ticket id; the crew system's idempotency key. */
  ticketId: string;
  kind: 'stop' | 'restore' | 'serve-notice';
  accountNo: string;
  meterNo: string;
  address: string;
  /** ISO instants. */
  plannedFrom: string;
  plannedTo: string;
  /** The form of the ticket (停电工作票 / 复电工作票), field by field, as printed. */
  form: Record<string, string>;
}

export interface FieldWorkPort {
  /** Gives the order to a crew; the same ticketId twice is one order. @throws SystemUnavailable | SystemRefused */
  dispatch(order: WorkOrder): Promise<{ orderId: string }>;
  /** Tells the crew's device to stand down at once; repeated until acknowledged. */
  standDown(ticketId: string, reason: string): Promise<{ acknowledged: boolean }>;
  read(
    ticketId: string,
  ): Promise<{ status: 'received' | 'accepted' | 'recalled' | 'recall-acknowledged' | 'done' }>;
}
