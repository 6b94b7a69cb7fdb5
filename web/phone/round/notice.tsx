import type { RoundItem } from '../../../api/shapes/round.ts';
import { civilDay, day, hour, moment, yuan } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import type { FixedStop } from '../device/store.ts';
import { Reasons } from '../parts/act-state.tsx';
import { useCaseNow } from '../parts/now.tsx';
import { ROUND_TEXTS } from '../texts/round.ts';

type Shown = NonNullable<RoundItem['notice']>;

/** The stop that a service on the day of this moment fixes, as the office has planned it. */
export const fixedBy = (notice: Shown, atMs: number): FixedStop | undefined =>
  notice.serviceDays.find(({ on }) => on === civilDay(new Date(atMs).toISOString()));

/** The stop that serving now fixes: read out to the customer at the door. */
function StopDay({ notice, offsetMs }: { notice: Shown; offsetMs: number }) {
  const t = useTexts(ROUND_TEXTS);
  const nowMs = useCaseNow(offsetMs, 30_000);
  const fixed = fixedBy(notice, nowMs);
  if (fixed === undefined) return <p className="stop-day none">{t('no-service-day')}</p>;
  return (
    <p className="stop-day">
      {t('if-served-now')}
      <strong>
        {day(fixed.stopAt)} {hour(fixed.stopAt)}–{hour(fixed.stopUntil)}
      </strong>
      <span>{t('pay-by', { on: fixed.lastPaymentOn })}</span>
    </p>
  );
}

/** A notice as the customer has to hear it: sum, last day, stop day; the whole text below. */
export function Notice(props: { notice: Shown; offsetMs: number; isServed: boolean }) {
  const { notice, offsetMs, isServed } = props;
  const t = useTexts(ROUND_TEXTS);
  return (
    <section className={`notice ${notice.kind}`} aria-label={t.code(notice.kind, 'notice.')}>
      <h2>{t.code(notice.kind, 'notice.')}</h2>
      <p className="sum">{yuan(notice.sumFen)}</p>
      <p className="quiet">{t('of-which-principal', { sum: yuan(notice.principalFen) })}</p>
      {notice.kind === 'red' ? (
        !isServed && <StopDay notice={notice} offsetMs={offsetMs} />
      ) : (
        <>
          {notice.lastPaymentOn !== null && <p>{t('pay-by', { on: notice.lastPaymentOn })}</p>}
          {notice.stopAt !== null && notice.stopUntil !== null && (
            <p>{t('stop-else', { at: moment(notice.stopAt), until: hour(notice.stopUntil) })}</p>
          )}
        </>
      )}
      {!notice.mayServe.allowed && !isServed && (
        <div className="may-not" role="status">
          <strong>{t('may-not-serve')}</strong>
          <Reasons reasons={notice.mayServe.reasons} />
        </div>
      )}
      <details>
        <summary>{t('whole-text')}</summary>
        <p className="whole-text">{notice.text[t.lang]}</p>
      </details>
    </section>
  );
}
