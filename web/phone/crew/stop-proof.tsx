import { useId, useState, type FormEvent } from 'react';
import type { CrewTicket } from '../../../api/shapes/round.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useQueue } from '../device/queue.tsx';
import type { Picture } from '../device/store.ts';
import { MeterNumber } from '../parts/meter-number.tsx';
import { Photos } from '../parts/photos.tsx';
import { CREW_TEXTS } from '../texts/crew.ts';
import { aboutOf, ticketPath } from './about.ts';
import type { InHand } from './in-hand.ts';
import { MisTap } from './mis-tap.tsx';

/** What the meter shows; may be left out. */
export function Reading({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTexts(CREW_TEXTS);
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t('reading')}</label>
      <input
        id={id}
        type="number"
        inputMode="decimal"
        min={0}
        step="any"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

/** The proof of a stop that has been done: reading and photo, with the moment at which it was done. */
export function StopProof({ ticket, hand }: { ticket: CrewTicket; hand: InHand }) {
  const t = useTexts(CREW_TEXTS);
  const { add } = useQueue();
  const [reading, setReading] = useState('');
  const [photos, setPhotos] = useState<readonly Picture[]>([]);
  const [meterNo, setMeterNo] = useState(hand.meterNo ?? '');
  const switchedAt = hand.switchedAt ?? '';
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void add({
      kind: 'execution',
      about: aboutOf(ticket),
      path: ticketPath(ticket, 'executions'),
      body: {
        permitId: hand.permit?.permitId ?? null,
        meterNo,
        readingKwh: reading === '' ? null : Number(reading),
        occurredAt: switchedAt,
      },
      happenedAt: switchedAt,
      pictures: photos,
    });
  };
  return (
    <form onSubmit={send} className="act-form" aria-label={t('proof')}>
      <h2>{t('proof')}</h2>
      <p className={hand.isWithoutPermit === true ? 'no-stop' : 'good-line'}>
        {t('off-since', { at: moment(switchedAt) })}
      </p>
      {hand.meterNo === undefined && <MeterNumber value={meterNo} onChange={setMeterNo} />}
      <Reading value={reading} onChange={setReading} />
      <Photos photos={photos} onChange={setPhotos} />
      {photos.length === 0 && <p className="quiet">{t('photo-of-meter')}</p>}
      <button type="submit" className="plain-button primary wide" disabled={photos.length === 0}>
        {t('record-stop')}
      </button>
      <MisTap ticketId={ticket.ticketId} of="stop" />
    </form>
  );
}
