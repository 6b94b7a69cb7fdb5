/** A guard, broken in one place, and the test that must notice it. */
export interface Mutation {
  readonly guard: string;
  readonly file: string;
  /** Stands in the file once. */
  readonly from: string;
  readonly to: string;
  readonly project: 'pure' | 'real';
  readonly test: string;
}
