/** Which matter of credit, and what time its account says it is. */
export interface MatterMoment {
  companyId: string;
  centreId: string;
  accountId: string;
  /** Id of the objection, repair, downgrade or export. */
  subjectId: string;
  /** Case time, epoch ms. */
  nowMs: number;
}

/** What a matter asks for next; `stage` is what people see. */
export type MatterStep =
  | { do: 'wait'; stage: string; /** Case time; null = for a fact alone. */ untilMs: number | null }
  | { do: 'send'; stage: string; messageId: string }
  | { do: 'report' | 'acknowledge' | 'take-back'; stage: string }
  | { do: 'over'; outcome: string };

/** Steps on our own database: local activities. Each may be asked again and again; what was done is not done twice. */
export interface MatterOwnActivities {
  lookAtObjection(at: MatterMoment): Promise<MatterStep>;
  lookAtRepair(at: MatterMoment): Promise<MatterStep>;
  lookAtDowngrade(at: MatterMoment): Promise<MatterStep>;
  lookAtExport(at: MatterMoment): Promise<MatterStep>;
}

/** Which export. */
export interface ExportMoment {
  companyId: string;
  exportId: string;
}

/** Acts on the public credit platform; on the queue of messages, rate-limited with them. */
export interface PlatformActivities {
  /** Asks once more whether it may leave, then sends it. @throws SystemUnavailable */
  reportToPlatform(at: ExportMoment & { nowMs: number }): Promise<void>;
  /** @throws SystemUnavailable */
  askPlatform(at: ExportMoment): Promise<void>;
  /** @throws SystemUnavailable */
  takeBackFromPlatform(at: ExportMoment): Promise<void>;
}
