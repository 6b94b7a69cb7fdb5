/** Something that the watch or a comparison found; `kind` and `subjectId` make it one alarm. */
export interface Finding {
  readonly kind: string;
  readonly subjectId: string;
  readonly centreId: string | null;
  readonly accountId: string | null;
  readonly caseId: string | null;
  /** Ids, numbers and instants only. */
  readonly detail: Readonly<Record<string, string | number | null>>;
}
