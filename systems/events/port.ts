/** Whoever has subscribed to events, at the address that they gave. */
export interface EventsPort {
  /** Whether an address may be subscribed: encrypted or on this machine, and in no network that is closed to it. */
  mayName(url: string): Promise<boolean>;
  /**
   * Posts one event. @returns the receiver's status
   * @throws SystemRefused (`closed-network`) when the name leads where it may not | SystemUnavailable
   */
  post(event: {
    url: string;
    headers: Readonly<Record<string, string>>;
    body: string;
  }): Promise<{ status: number }>;
}
