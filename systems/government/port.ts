export interface GovernmentPort {
  /** Hands a copy of a suspension notice (L2.gov) or a report of large arrears (T3.5) to the authority; the same key twice is one paper. */
  submit(paper: {
    paperKey: string;
    kind: 'suspension-copy' | 'large-arrears';
    subject: string;
    text: string;
  }): Promise<{ submissionId: string }>;
  /** The authority's receipt, once it has signed for the paper. */
  receipt(paperKey: string): Promise<{ receivedAt: string; receivedBy: string } | undefined>;
}
