/** Remote switch of a fee-control meter (费控表). */
export interface MeterPort {
  /** Sends one command; the same commandId twice is one command. An accepted command is not an executed one. @throws SystemUnavailable | SystemRefused */
  command(command: {
    commandId: string;
    meterNo: string;
    action: 'open' | 'close';
    expiresAt: string;
  }): Promise<{ accepted: boolean }>;
  commandStatus(
    meterNo: string,
    commandId: string,
  ): Promise<'pending' | 'done' | 'failed' | 'expired' | 'unknown'>;
  /** Reads the relay and the voltage behind it: the proof that supply is off or back. */
  read(
    meterNo: string,
  ): Promise<{ relay: 'open' | 'closed'; voltagePresent: boolean; readingKwh: number; at: string }>;
}
