import { useState } from 'react';
import type { CrewTicket } from '../../../api/shapes/round.ts';
import { hour, span } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useQueue } from '../device/queue.tsx';
import { useCaseNow } from '../parts/now.tsx';
import { CREW_TEXTS } from '../texts/crew.ts';
import { AskPermit } from './ask-permit.tsx';
import { useInHand } from './in-hand.ts';

/** Minutes and seconds, read out only as they change by the minute. */
function Countdown({ leftMs }: { leftMs: number }) {
  const t = useTexts(CREW_TEXTS);
  const { minutes, seconds } = span(leftMs);
  return (
    <>
      <p className="countdown" aria-hidden="true">
        {String(minutes).padStart(2, '0')}:{String(seconds).padStart(2, '0')}
      </p>
      <p className="unseen-text" role="timer" aria-live="polite">
        {t('minutes-left', { minutes: minutes + 1 })}
      </p>
    </>
  );
}

/** It was done after the permit had run out: told as it was, because whoever sits in the dark has to be helped. */
export function StoppedAnyway(props: {
  ticket: CrewTicket;
  offsetMs: number;
  label: string;
  onTold?: () => void;
}) {
  const t = useTexts(CREW_TEXTS);
  const { put } = useInHand();
  const [isAsking, setAsking] = useState(false);
  const tell = (): void =>
    void put(props.ticket.ticketId, {
      switchedAt: new Date(Date.now() + props.offsetMs).toISOString(),
      isWithoutPermit: true,
      isStoodDown: true,
    }).then(props.onTold);
  if (!isAsking)
    return (
      <button type="button" className="link-button" onClick={() => setAsking(true)}>
        {props.label}
      </button>
    );
  return (
    <div className="no-stop" role="group" aria-label={props.label}>
      <p>{t('stopped-anyway-means')}</p>
      <div className="buttons">
        <button type="button" className="plain-button" onClick={tell}>
          {t('stopped-anyway-yes')}
        </button>
        <button type="button" className="plain-button primary" onClick={() => setAsking(false)}>
          {t('not-stopped')}
        </button>
      </div>
    </div>
  );
}

/** A permit while it lives: for this meter, once, until it runs out; the moment of the act is kept as it happens. */
export function LivePermit(props: {
  ticket: CrewTicket;
  permit: { permitId: string; expiresAt: string };
  offsetMs: number;
  /** The office no longer knows of it. */
  isTakenBack: boolean;
}) {
  const { ticket, permit, offsetMs, isTakenBack } = props;
  const t = useTexts(CREW_TEXTS);
  const { put, all } = useInHand();
  const { isOnline } = useQueue();
  const nowMs = useCaseNow(offsetMs, 250);
  const leftMs = Date.parse(permit.expiresAt) - nowMs;
  if (leftMs <= 0 || isTakenBack)
    return (
      <>
        <p className="no-stop" role="alert">
          {t(leftMs <= 0 ? 'permit-over' : 'permit-taken-back')}
        </p>
        <AskPermit ticket={ticket} offsetMs={offsetMs} />
        <StoppedAnyway ticket={ticket} offsetMs={offsetMs} label={t('stopped-after')} />
      </>
    );
  const meterNo = all[ticket.ticketId]?.meterNo ?? ticket.meterNo;
  return (
    <section className="permit" aria-label={t('permit')}>
      <h2>{t('permit')}</h2>
      <Countdown leftMs={leftMs} />
      <p>{t('permit-for', { meterNo, until: hour(permit.expiresAt) })}</p>
      <p className="quiet">{t('permit-rule')}</p>
      {!isOnline && <p className="old-data">{t('permit-offline')}</p>}
      <button
        type="button"
        className="plain-button primary wide"
        onClick={() =>
          void put(ticket.ticketId, { switchedAt: new Date(Date.now() + offsetMs).toISOString(), permit })
        }
      >
        {t('is-off')}
      </button>
    </section>
  );
}
