import type { Reason } from '../../rules/verdict.ts';
import { refusalText } from '../texts/refusal-texts.ts';
import type { Lang } from './caller.ts';

/** Reasons with their words. */
export const say = (reasons: readonly Reason[], lang: Lang) =>
  reasons.map((reason) => ({
    code: reason.code,
    clause: reason.clause,
    text: refusalText(reason, lang),
    ...(reason.params === undefined ? {} : { params: { ...reason.params } }),
  }));
