import { Typography } from 'antd';
import type { ServiceView } from '../../../api/shapes/service.ts';
import { useNames } from '../../shared/api/use-names.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { EndHold } from '../finish/end-hold.tsx';
import { SERVICE_TEXTS } from '../texts/service.ts';
import { WORK_TEXTS } from '../texts/work.ts';
import { Due } from '../ui/due.tsx';
import { Chip, Word } from '../ui/parts.tsx';

interface Props {
  readonly view: ServiceView;
}

/** The 24 hours of T3.3, from the cause on. */
export function RestorationClock({ view }: Props) {
  const t = useTexts(SERVICE_TEXTS);
  const work = useTexts(WORK_TEXTS);
  const { stop } = view;
  if (stop === null) return null;
  const { restoration } = stop;
  return (
    <section aria-label={t('restoration-clock')}>
      <Typography.Title level={2}>{t('restoration-clock')}</Typography.Title>
      <p>{t('stopped-since', { at: moment(stop.occurredAt) })}</p>
      {stop.triggers.length > 0 && (
        <p>{stop.triggers.map((kind) => work.code(kind, 'trigger.')).join('、')}</p>
      )}
      {stop.inForce && stop.triggers.length === 0 && <p>{t('no-cause')}</p>}
      {restoration !== null && (
        <>
          <p className="quiet small">{t('cause-at', { at: moment(restoration.causeAt) })}</p>
          {restoration.restoredAt === null ? (
            <>
              <Due at={restoration.deadlineAt} nowAt={view.nowAt} />
              <p className="quiet small">{t('promise', { at: moment(restoration.promiseAt) })}</p>
              <p>
                {restoration.safetyConfirmedAt === null ? (
                  <Chip>{t('safety-no')}</Chip>
                ) : (
                  <Chip tone="good">{t('safety-yes')}</Chip>
                )}
              </p>
            </>
          ) : (
            <p>
              <Chip tone="good">{t('restored-at', { at: moment(restoration.restoredAt) })}</Chip>
            </p>
          )}
          {restoration.missed && <Chip tone="bad">{t('missed')}</Chip>}
        </>
      )}
    </section>
  );
}

/** What makes the procedure wait now; a dispute with the clock by which it is decided (L5). */
export function Waits({ view }: Props) {
  const t = useTexts(SERVICE_TEXTS);
  const nameOf = useNames();
  return (
    <section aria-label={t('waits')}>
      <Typography.Title level={2}>{t('waits')}</Typography.Title>
      {view.holds.length === 0 && <p className="quiet">{t('no-holds')}</p>}
      <ul className="decisions">
        {view.holds.map(({ holdId, kind, reason, setBy, occurredAt, untilAt, decisionDueAt, end }) => (
          <li key={holdId}>
            <Chip tone="warn">
              <Word of="hold" code={kind} />
            </Chip>
            {reason}
            <div className="quiet small">
              {nameOf(setBy)} · {moment(occurredAt)}
            </div>
            {decisionDueAt !== null && (
              <div>
                {t('decided-by')} <Due at={decisionDueAt} nowAt={view.nowAt} />
              </div>
            )}
            {untilAt !== null && (
              <div className="small">
                {t('until')} {moment(untilAt)}
              </div>
            )}
            <EndHold hold={{ holdId, kind, end }} />
          </li>
        ))}
      </ul>
    </section>
  );
}
