import type { CrewTicket } from '../../../api/shapes/round.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CREW_TEXTS } from '../texts/crew.ts';
import { useInHand } from './in-hand.ts';
import { NotDone } from './not-done.tsx';
import { AskPermit } from './ask-permit.tsx';
import { LivePermit } from './live-permit.tsx';
import { StopProof } from './stop-proof.tsx';

/** A stop, step by step: which meter, may we, done, proof. Or: could not. */
export function Stop(props: { ticket: CrewTicket; offsetMs: number; startedAtMs: number }) {
  const { ticket, offsetMs, startedAtMs } = props;
  const t = useTexts(CREW_TEXTS);
  const { all } = useInHand();
  const hand = all[ticket.ticketId] ?? {};
  // The permit told its own time; what was read since is at most as late.
  const clock = Math.max(offsetMs, hand.offsetMs ?? Number.NEGATIVE_INFINITY);
  if (hand.switchedAt !== undefined) return <StopProof ticket={ticket} hand={hand} />;
  if (ticket.status === 'recalled' || ticket.status === 'recall-acknowledged')
    return (
      <p className="no-stop" role="alert">
        {t('called-off')}
      </p>
    );
  const permit = ticket.permit ?? hand.permit;
  const isTakenBack = ticket.permit === null && startedAtMs > (hand.permitCameAtMs ?? 0);
  return (
    <>
      {permit === undefined ? (
        <AskPermit ticket={ticket} offsetMs={offsetMs} />
      ) : (
        <LivePermit ticket={ticket} permit={permit} offsetMs={clock} isTakenBack={isTakenBack} />
      )}
      <NotDone ticket={ticket} offsetMs={clock} />
    </>
  );
}
