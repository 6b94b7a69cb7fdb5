import { useEffect, useState } from 'react';
import { span } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { DEVICE_TEXTS } from '../texts/device.ts';

/** Case time now, epoch ms, again every `everyMs`. */
export function useCaseNow(offsetMs: number, everyMs: number): number {
  const [nowMs, setNow] = useState(() => Date.now() + offsetMs);
  useEffect(() => {
    const look = (): void => setNow(Date.now() + offsetMs);
    look();
    const timer = setInterval(look, everyMs);
    return () => clearInterval(timer);
  }, [offsetMs, everyMs]);
  return nowMs;
}

/** How long until a deadline, in days and hours or hours and minutes. */
export function TimeLeft({ until, offsetMs }: { until: string; offsetMs: number }) {
  const t = useTexts(DEVICE_TEXTS);
  const nowMs = useCaseNow(offsetMs, 10_000);
  const { days, hours, minutes, isPast } = span(Date.parse(until) - nowMs);
  const unit = days > 0 ? 'span.days' : hours > 0 ? 'span.hours' : 'span.minutes';
  const time = t(unit, { days, hours, minutes });
  const isNear = days === 0 && hours < 2;
  return (
    <span className={isPast || isNear ? 'time-left near' : 'time-left'}>
      {t(isPast ? 'overdue' : 'time-left', { time })}
    </span>
  );
}
