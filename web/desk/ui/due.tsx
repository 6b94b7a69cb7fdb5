import { moment, span } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { DUE_TEXTS } from '../texts/due.ts';
import { useNowMs } from './use-now.ts';

const HOUR_MS = 3_600_000;

/** A deadline with the time that is left by the clock that the API counts it by, at the moment at which it was read. */
export function Due({ at, nowAt }: { at: string; nowAt: string }) {
  const t = useTexts(DUE_TEXTS);
  const isNear = Math.abs(Date.parse(at) - Date.parse(nowAt)) < 2 * HOUR_MS;
  const leftMs = Date.parse(at) - useNowMs(nowAt, isNear ? 1_000 : 30_000);
  const { days, hours, minutes, seconds, isPast } = span(leftMs);
  const words =
    days > 0
      ? t('days', { days, hours })
      : hours > 0
        ? t('hours', { hours, minutes })
        : t('minutes', { minutes, seconds: String(seconds).padStart(2, '0') });
  const tone = isPast ? 'late' : leftMs < 24 * HOUR_MS ? 'soon' : 'calm';
  return (
    <span className={`due ${tone}`}>
      <time dateTime={at}>{moment(at)}</time>
      <span className="left">{t(isPast ? 'late' : 'left', { words })}</span>
    </span>
  );
}
