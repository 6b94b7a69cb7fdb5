/** Why a question is answered as it is: a stable code, the clause that gives it, and the facts that fill its text. */
export interface Reason {
  /** Stable, kebab-case, e.g. `not-overdue-long-enough`; the texts live in `rules/reasons.ts`. */
  readonly code: string;
  /** Clause id of `docs/regulation/register.md`, e.g. `L2.30`. */
  readonly clause: string;
  /** Values for the text; civil dates as YYYY-MM-DD, money as whole fen, never personal data. */
  readonly params?: Readonly<Record<string, string | number>>;
}

/**
 * The answer to every "may we?" question. Only `permitted` is permission; `undetermined` names the facts that
 * are missing, stale or unreachable, and carries the refusals already known beside them.
 */
export type Verdict =
  | { readonly outcome: 'permitted' }
  | { readonly outcome: 'refused'; readonly reasons: readonly Reason[] }
  | {
      readonly outcome: 'undetermined';
      readonly missing: readonly Reason[];
      readonly reasons: readonly Reason[];
    };

/** Builds the verdict from everything that was found: a missing fact outweighs silence, never a refusal's reasons. */
export function verdictOf(reasons: readonly Reason[], missing: readonly Reason[]): Verdict {
  if (missing.length > 0) return { outcome: 'undetermined', missing, reasons };
  if (reasons.length > 0) return { outcome: 'refused', reasons };
  return { outcome: 'permitted' };
}
