import type { ServiceView } from '../../../api/shapes/service.ts';
import { yuan } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { SERVICE_TEXTS } from '../texts/service.ts';

const TONES: Readonly<Record<ServiceView['standing'], string>> = {
  restoring: 'warn',
  stopped: 'bad',
  restored: 'good',
  pending: 'warn',
  held: 'warn',
  red: 'bad',
  yellow: 'warn',
  owing: 'warn',
  clear: 'good',
};

/** What to tell the customer, in the very words of their own page, and what the clerk can do about it. */
export function Said({ view }: { view: ServiceView }) {
  const t = useTexts(SERVICE_TEXTS);
  const showsSum = view.dueFen > 0 && view.standing !== 'pending' && view.standing !== 'restored';
  return (
    <section className={`said ${TONES[view.standing]}`} aria-label={t('to-say')}>
      <h2>
        <span className="quiet small">{t('to-say')}</span>
        {view.title}
      </h2>
      {showsSum && (
        <p className="said-sum">
          <strong>{t('to-pay', { sum: yuan(view.dueFen) })}</strong>
          {view.sumFen > view.dueFen && (
            <span className="quiet"> {t('all-owed', { sum: yuan(view.sumFen) })}</span>
          )}
        </p>
      )}
      {view.say.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className="said-next">
        <strong>{t('you-do')}</strong>
        {t.code(view.standing, 'next.')}
      </p>
    </section>
  );
}
