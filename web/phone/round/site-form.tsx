import { useState, type FormEvent } from 'react';
import type { RoundItem } from '../../../api/shapes/round.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useQueue } from '../device/queue.tsx';
import type { Picture } from '../device/store.ts';
import { MeterNumber } from '../parts/meter-number.tsx';
import { Photos } from '../parts/photos.tsx';
import { ROUND_TEXTS } from '../texts/round.ts';
import { aboutOf } from './about.ts';

/** What a reader does at a stop that is about to be: says which meter it is, or tells the customer to the face. */
export function SiteForm({ item, offsetMs }: { item: RoundItem; offsetMs: number }) {
  const t = useTexts(ROUND_TEXTS);
  const { add } = useQueue();
  const [meterNo, setMeterNo] = useState('');
  const [photos, setPhotos] = useState<readonly Picture[]>([]);
  const isIdentify = item.kind === 'identify-meter';
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const happenedAt = new Date(Date.now() + offsetMs).toISOString();
    void add({
      kind: isIdentify ? 'identify' : 'told',
      about: aboutOf(item),
      path: `/tickets/${encodeURIComponent(item.ref)}/${isIdentify ? 'meter-identification' : 'told-in-person'}`,
      body: { occurredAt: happenedAt, ...(isIdentify ? { meterNo } : {}) },
      happenedAt,
      pictures: photos,
    });
  };
  return (
    <form onSubmit={send} className="act-form" aria-label={t.code(item.kind, 'task.')}>
      <p>{t(isIdentify ? 'identify-how' : 'told-how')}</p>
      {isIdentify && <MeterNumber value={meterNo} onChange={setMeterNo} />}
      <Photos photos={photos} onChange={setPhotos} />
      {!isIdentify && photos.length === 0 && <p className="quiet">{t('needs.told')}</p>}
      <button
        type="submit"
        className="plain-button primary wide"
        disabled={!isIdentify && photos.length === 0}
      >
        {t('record', { what: t.code(item.kind, 'task.') })}
      </button>
    </form>
  );
}
