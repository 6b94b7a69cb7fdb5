import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { CrewTicket } from '../../../api/shapes/round.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useQueue } from '../device/queue.tsx';
import { offsetOf } from '../device/use-kept.ts';
import { CREW_TEXTS } from '../texts/crew.ts';
import { aboutOf, ticketPath } from './about.ts';
import { useInHand, type InHand } from './in-hand.ts';
import { StoppedAnyway } from './live-permit.tsx';
import { MisTap } from './mis-tap.tsx';
import { useTickets } from './use-tickets.ts';

const BUZZ_MS = [400, 200, 400, 200, 800];

/** Another crew has the permit: only its word stands this ticket down. */
const isOthers = ({ status, allowedActions }: CrewTicket): boolean =>
  status === 'recalled' &&
  allowedActions.some(({ action, allowed }) => action === 'acknowledge-stand-down' && !allowed);

/**
 * Whether this crew has to hear of a stand-down: everybody who may acknowledge it as long as nobody has, and whoever had the
 * ticket in hand in any case, for another's word does not stop a hand that is at the meter.
 */
const concerns = (ticket: CrewTicket, hand: InHand | undefined): boolean =>
  hand?.isStoodDown !== true &&
  ((ticket.status === 'recalled' && !isOthers(ticket)) ||
    ((ticket.status === 'recalled' || ticket.status === 'recall-acknowledged') && hand?.isOpened === true));

function Screen({ ticket, offsetMs }: { ticket: CrewTicket; offsetMs: number }) {
  const t = useTexts(CREW_TEXTS);
  const navigate = useNavigate();
  const { add } = useQueue();
  const { put, all } = useInHand();
  const isOff = all[ticket.ticketId]?.switchedAt !== undefined;
  const box = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (box.current?.open === false) box.current.showModal();
    // Not on the button: a key pressed for what stood there before must not acknowledge anything.
    title.current?.focus();
    navigator.vibrate?.(BUZZ_MS);
  }, []);
  const acknowledge = async (): Promise<void> => {
    const happenedAt = new Date(Date.now() + offsetMs).toISOString();
    if (!isOthers(ticket))
      await add({
        kind: 'stand-down',
        about: aboutOf(ticket),
        path: ticketPath(ticket, 'stand-down-acknowledgement'),
        body: { occurredAt: happenedAt },
        happenedAt,
      });
    await put(ticket.ticketId, { isStoodDown: true });
  };
  const at = `/crew/${encodeURIComponent(ticket.ticketId)}`;
  const goRecord = async (): Promise<void> => {
    await put(ticket.ticketId, { isStoodDown: true });
    await navigate(at);
  };
  const why = `recall.${(ticket.recallReason ?? '').split(':')[0] ?? ''}`;
  return (
    <dialog
      ref={box}
      className="stand-down"
      aria-labelledby="stand-down-title"
      aria-describedby="stand-down-why"
      onCancel={(event) => event.preventDefault()}
    >
      <h1 id="stand-down-title" ref={title} tabIndex={-1}>
        {t('stand-down')}
      </h1>
      {!isOff && <p className="do-not">{t('do-not-stop')}</p>}
      <p className="where">{ticket.address}</p>
      <p>
        {ticket.customerName} · {ticket.accountNo}
      </p>
      <p id="stand-down-why">{t.code(why in CREW_TEXTS ? why : 'recall.other')}</p>
      {isOff ? (
        <>
          <p>{t('off-before')}</p>
          <button type="button" className="plain-button wide" onClick={() => void goRecord()}>
            {t('record-now')}
          </button>
          <MisTap ticketId={ticket.ticketId} of="stop" />
        </>
      ) : (
        <>
          <button type="button" className="plain-button wide" onClick={() => void acknowledge()}>
            {t('acknowledge')}
          </button>
          <StoppedAnyway
            ticket={ticket}
            offsetMs={offsetMs}
            label={t('already-off')}
            onTold={() => void navigate(at)}
          />
        </>
      )}
    </dialog>
  );
}

/** Takes over the whole screen as soon as a stop is called off, whatever the crew is doing, until it is acknowledged. */
export function StandDown() {
  const read = useTickets();
  const { all, isRead } = useInHand();
  const { acts } = useQueue();
  // Acknowledged here, or done and on its way: the office judges what was done.
  const said = new Set(
    acts
      .filter(({ kind, state }) => kind === 'stand-down' || (kind === 'execution' && state !== 'refused'))
      .map(({ about }) => about.ref),
  );
  const ticket = isRead
    ? read.data?.find((one) => concerns(one, all[one.ticketId]) && !said.has(one.ticketId))
    : undefined;
  if (ticket === undefined) return null;
  return (
    <Screen key={ticket.ticketId} ticket={ticket} offsetMs={offsetOf(ticket.nowAt, read.startedAtMs ?? 0)} />
  );
}
