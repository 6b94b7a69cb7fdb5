export interface CallPlaced {
  /** The carrier's id of the call (Twilio SID). */
  providerId: string;
}

/** One call asks the carrier to fetch TwiML from `answerUrl`; what the customer pressed comes back to our webhook. */
export interface VoicePort {
  /** @throws SystemUnavailable | SystemRefused */
  place(call: {
    to: string;
    answerUrl: string;
    statusCallbackUrl: string;
    ringTimeoutSeconds: number;
  }): Promise<CallPlaced>;
  /** How a call ended, or that it has not. */
  status(
    providerId: string,
  ): Promise<
    'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'
  >;
  /** Calls to this number placed since `sinceMs`, the earliest first; looked at before a retry so that nobody is rung twice. */
  find(call: { to: string; sinceMs: number }): Promise<readonly CallPlaced[]>;
}
