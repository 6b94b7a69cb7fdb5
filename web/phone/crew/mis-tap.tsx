import { useState } from 'react';
import { useMe } from '../../shared/api/context.tsx';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useQueue } from '../device/queue.tsx';
import { readActs, type Act } from '../device/store.ts';
import { CREW_TEXTS } from '../texts/crew.ts';
import { useInHand } from './in-hand.ts';

const KIND = { stop: 'execution', restore: 'restored' } as const;

/**
 * Takes back a moment that was noted by mistake, after one question, so that nobody has to record what never happened.
 * Once it was recorded, waiting or sent, only the office can put it right.
 */
export function MisTap({ ticketId, of }: { ticketId: string; of: keyof typeof KIND }) {
  const t = useTexts(CREW_TEXTS);
  const { personId } = useMe();
  const { acts } = useQueue();
  const { put } = useInHand();
  const [isAsking, setAsking] = useState(false);
  const isRecord = ({ kind, about }: Act): boolean => kind === KIND[of] && about.ref === ticketId;
  if (acts.some(isRecord)) return null;
  const takeBack = async (): Promise<void> => {
    // Another page of this device may have recorded it while the question stood here.
    if ((await readActs(personId)).some(isRecord)) return;
    // A stand-down that waited for the record is owed its answer again.
    await put(ticketId, { switchedAt: undefined, isWithoutPermit: false, isStoodDown: false });
  };
  if (!isAsking)
    return (
      <button type="button" className="plain-button wide" onClick={() => setAsking(true)}>
        {t(`mis-tap.${of}`)}
      </button>
    );
  return (
    <div className="no-stop" role="group" aria-label={t(`mis-tap.${of}`)}>
      <p>{t(`mis-tap-means.${of}`)}</p>
      <div className="buttons">
        <button type="button" className="plain-button" onClick={() => void takeBack()}>
          {t(`mis-tap-yes.${of}`)}
        </button>
        <button type="button" className="plain-button primary" onClick={() => setAsking(false)}>
          {t('mis-tap-keep')}
        </button>
      </div>
    </div>
  );
}
