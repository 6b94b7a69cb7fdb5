export interface SmsSent {
  /** The carrier's id of the message (Twilio SID). */
  providerId: string;
}

export interface SmsPort {
  /**
   * Hands one message to the carrier. Accepted is not served (L8): the receipt comes later to `statusCallbackUrl`.
   * @throws SystemUnavailable | SystemRefused
   */
  send(message: { to: string; text: string; statusCallbackUrl: string }): Promise<SmsSent>;
  /** Messages with exactly this text to this number, handed over since `sinceMs`, the earliest first; looked at before a retry so that none is sent twice. */
  find(message: { to: string; text: string; sinceMs: number }): Promise<readonly SmsSent[]>;
}
