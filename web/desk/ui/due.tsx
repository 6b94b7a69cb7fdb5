import { useEffect, useState } from 'react';
import { moment, span } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { DUE_TEXTS } from '../texts/due.ts';

const HOUR_MS = 3_600_000;

/** A deadline with the time that is left. `nowAt` is the time by which it is counted where that is not the clock on the wall. */
export function Due({ at, nowAt }: { at: string; nowAt?: string | undefined }) {
  const t = useTexts(DUE_TEXTS);
  const [aheadMs] = useState(() => (nowAt === undefined ? 0 : Date.parse(nowAt) - Date.now()));
  const [nowMs, setNowMs] = useState(() => Date.now());
  const leftMs = Date.parse(at) - nowMs - aheadMs;
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), Math.abs(leftMs) < HOUR_MS ? 1_000 : 30_000);
    return () => clearInterval(timer);
  }, [leftMs]);
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
