/** Texts of one reason in both languages; `{name}` stands for a param, and one that ends in `Fen` prints as ¥. */
export interface ReasonText {
  readonly zh: string;
  readonly en: string;
}

/** Texts by reason code, as each family of rules exports them. */
export type ReasonTexts = Readonly<Record<string, ReasonText>>;
