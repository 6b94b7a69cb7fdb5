/** What is put down, and what stands beside it to say which chain was changed. */
export interface AnchorPaper {
  /** Unique for company and moment; fits a file name. */
  readonly name: string;
  /** The signed anchor: JSON, short. */
  readonly text: string;
  /** The chains that grew since the anchor before, one JSON line each. */
  readonly leaves: string;
}

/** A place that the database's owner cannot rewrite: another department's folder, a mailbox of the auditors. */
export interface AnchorPort {
  readonly place: string;
  /**
   * Puts a root down; the same again changes nothing. @returns where it lies
   * @throws SystemRefused (`differs`) when another one of that name lies there already
   */
  put(paper: AnchorPaper): Promise<string>;
}
