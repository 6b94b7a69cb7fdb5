/**
 * Does this payment hold the case (T1.2)? Money that leaves some of the debt open shows willingness to pay; money that clears
 * it ends the case instead, and an old payment that was already counted changes nothing. Whole fen.
 */
export const partPaymentHolds = (payment: {
  amountFen: number;
  openAfterFen: number;
  hasOpenCase: boolean;
}): boolean => payment.hasOpenCase && payment.amountFen > 0 && payment.openAfterFen > 0;
