/** What the billing system (营销 MIS) knows of one account at the moment of asking. Money in whole fen. */
export interface BillingAccountNow {
  accountNo: string;
  /** Billing's own clock, ISO instant. */
  asOf: string;
  bills: BillingBill[];
  payments: BillingPayment[];
  /** Money that a channel has taken and billing has not posted yet (在途资金). */
  inFlight: BillingPayment[];
}

export interface BillingBill {
  billId: string;
  /** Only `electricity` may ever be a ground for a stop. */
  service: 'electricity' | 'water' | 'other';
  /** Billing month, YYYY-MM. */
  period: string;
  /** Electricity charge as billed, without late fee. */
  principalFen: number;
  /** Part of the principal that is paid. */
  paidFen: number;
  issuedDate: string;
  dueDate: string;
  disputed: boolean;
}

export interface BillingPayment {
  paymentId: string;
  accountNo: string;
  amountFen: number;
  /** The channel's time of the payment, not the posting; ISO instant. */
  occurredAt: string;
  channel: string;
  status: 'in-flight' | 'posted' | 'reversed';
  /** Bills the payment was for, where the payer said so. */
  billIds: string[];
}

/** What a customer wants to pay, handed over to billing's own payment page. */
export interface PaymentOrder {
  accountNo: string;
  /** Whole fen. */
  amountFen: number;
  /** Bills it is for, in the order in which they are to be paid. */
  billIds: string[];
  /** Where the customer comes back to; proves nothing about the money. */
  returnUrl: string;
  /** ISO, case time. */
  orderedAt: string;
}

export interface BillingPort {
  /**
   * Opens a payment page for one order and answers its address, which names nobody and lets nothing be changed.
   * @throws SystemUnavailable | SystemRefused (`unknown-account`, `unknown-bill`; `http-404` where billing has no such page)
   */
  openPaymentPage(order: PaymentOrder): Promise<{ payUrl: string }>;
  /** Live arrears of one account. @throws SystemUnavailable | SystemRefused (`unknown-account`) */
  readAccountNow(accountNo: string): Promise<BillingAccountNow>;
  /** Payments and reversals recorded by billing since `sinceCursor` (opaque, '' = from the beginning), oldest first. */
  listPaymentsSince(
    sinceCursor: string,
    limit: number,
  ): Promise<{ items: BillingPayment[]; nextCursor: string; more: boolean }>;
}
