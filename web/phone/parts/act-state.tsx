import { useState } from 'react';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import type { ShownReason } from '../../shared/api/problem.ts';
import type { Act } from '../device/store.ts';
import { useQueue } from '../device/queue.tsx';
import { DEVICE_TEXTS } from '../texts/device.ts';

export function Reasons({ reasons }: { reasons: readonly ShownReason[] }) {
  if (reasons.length === 0) return null;
  return (
    <ul className="reasons">
      {reasons.map(({ code, clause, text }) => (
        <li key={code}>
          {text} <span className="clause">{clause}</span>
        </li>
      ))}
    </ul>
  );
}

/** A service that was stored and is not service in the sense of the law. */
export const doesNotCount = ({ kind, answer }: Act): boolean =>
  kind === 'serve' && answer?.['counts'] === false;

function Refused({ act }: { act: Act }) {
  const t = useTexts(DEVICE_TEXTS);
  const { again, drop } = useQueue();
  const [isAsking, setAsking] = useState(false);
  if (isAsking)
    return (
      <div role="group" aria-label={t('drop')}>
        <p>{t('drop-sure')}</p>
        <div className="buttons">
          <button type="button" className="plain-button" onClick={() => void drop(act.id)}>
            {t('drop-yes')}
          </button>
          <button type="button" className="plain-button primary" onClick={() => setAsking(false)}>
            {t('keep')}
          </button>
        </div>
      </div>
    );
  return (
    <div className="buttons">
      <button type="button" className="plain-button" onClick={() => void again(act.id)}>
        {t('again')}
      </button>
      <button type="button" className="plain-button" onClick={() => setAsking(true)}>
        {t('drop')}
      </button>
    </div>
  );
}

/** Where one act stands, honestly: on this device, with the office, or refused and what to do now. */
export function ActState({ act }: { act: Act }) {
  const t = useTexts(DEVICE_TEXTS);
  const { problem, state } = act;
  const tone = state === 'refused' || doesNotCount(act) ? 'bad' : state === 'sent' ? 'good' : 'warn';
  const word = doesNotCount(act) ? t('does-not-count') : t(`state.${state}`);
  return (
    <div className={`act-state ${tone}`} data-state={state}>
      <p>
        <strong>{word}</strong>
        <span className="quiet"> {t('happened-at', { at: moment(act.happenedAt) })}</span>
      </p>
      {doesNotCount(act) && <Reasons reasons={(act.answer?.['reasons'] ?? []) as ShownReason[]} />}
      {state === 'waiting' && problem !== undefined && (
        <p className="quiet">{t('last-try', { at: moment(problem.at), why: problem.title })}</p>
      )}
      {state === 'refused' && problem !== undefined && (
        <>
          <p>
            {problem.title} {problem.reasons.length === 0 && problem.detail}
          </p>
          <Reasons reasons={problem.reasons} />
          <p className="what-now">{problem.whatNow}</p>
          <Refused act={act} />
        </>
      )}
    </div>
  );
}
