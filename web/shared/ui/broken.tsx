import type { ApiProblem } from '../api/problem.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { PROBLEM_TEXTS } from '../texts/problems.ts';

/** A problem as a reader needs it: what happened, why, what to do now. Plain, for pages without the component library too. */
export function Broken({ problem, onRetry }: { problem: ApiProblem; onRetry?: () => void }) {
  const t = useTexts(PROBLEM_TEXTS);
  return (
    <section className="problem" role="alert">
      <h2>{problem.title}</h2>
      <p>{problem.detail}</p>
      {problem.reasons.length > 0 && (
        <ul aria-label={t('reasons')}>
          {problem.reasons.map(({ code, clause, text }) => (
            <li key={`${code} ${text}`}>
              {text} <span className="clause">{clause}</span>
            </li>
          ))}
        </ul>
      )}
      {problem.errors.length > 0 && (
        <ul>
          {problem.errors.map(({ field, reason }) => (
            <li key={field}>
              <code>{field}</code> {reason}
            </li>
          ))}
        </ul>
      )}
      <p className="what-now">{problem.whatNow}</p>
      {onRetry !== undefined && (
        <button type="button" className="plain-button" onClick={onRetry}>
          {t('retry')}
        </button>
      )}
      {problem.requestId !== '' && (
        <p className="request-id">
          {t('request-id')} {problem.requestId}
        </p>
      )}
    </section>
  );
}
