import { useState, type FormEvent } from 'react';
import type { RoundItem } from '../../../api/shapes/round.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useQueue } from '../device/queue.tsx';
import type { Picture } from '../device/store.ts';
import { Ways, Words } from '../parts/fields.tsx';
import { MeterNumber } from '../parts/meter-number.tsx';
import { Photos } from '../parts/photos.tsx';
import { Signature } from '../parts/signature.tsx';
import { ROUND_TEXTS } from '../texts/round.ts';
import { aboutOf } from './about.ts';
import { fixedBy } from './notice.tsx';

type Shown = NonNullable<RoundItem['notice']>;
const AT_A_METER = ['signature', 'photo', 'refusal'];

/** The service of a notice at the door: signed for, left with a photo, refused, or not served. */
export function ServeForm({ item, notice, offsetMs }: { item: RoundItem; notice: Shown; offsetMs: number }) {
  const t = useTexts(ROUND_TEXTS);
  const { add } = useQueue();
  const [method, setMethod] = useState('');
  const [meterNo, setMeterNo] = useState('');
  const [signature, setSignature] = useState<Picture>();
  const [photos, setPhotos] = useState<readonly Picture[]>([]);
  const [witness, setWitness] = useState('');
  const [circumstances, setCircumstances] = useState('');
  const [claimsPaid, setClaimsPaid] = useState(false);
  const isSignature = method === 'signature';
  const pictures = isSignature && signature !== undefined ? [signature, ...photos] : photos;
  const needsPicture = isSignature || method === 'photo';
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const atMs = Date.now() + offsetMs;
    const fixes =
      notice.kind === 'red' && method !== 'not-served' && !claimsPaid ? fixedBy(notice, atMs) : undefined;
    const happenedAt = new Date(atMs).toISOString();
    void add({
      kind: 'serve',
      about: aboutOf(item),
      path: `/notices/${encodeURIComponent(notice.noticeId)}/services`,
      body: {
        method,
        occurredAt: happenedAt,
        claimsPaid,
        ...(AT_A_METER.includes(method) ? { meterNo } : {}),
        ...(method === 'refusal' && witness.trim() !== '' ? { witness } : {}),
        ...(circumstances.trim() === '' ? {} : { circumstances }),
      },
      happenedAt,
      pictures: method === 'not-served' ? photos : pictures,
      ...(fixes === undefined ? {} : { fixes }),
    });
  };
  return (
    <form onSubmit={send} className="act-form" aria-label={t('serve')}>
      <Ways
        label={t('how')}
        ways={notice.methods.map((value) => ({ value, words: t.code(value, 'method.') }))}
        value={method}
        onChange={setMethod}
      />
      {AT_A_METER.includes(method) && (
        <MeterNumber value={meterNo} onChange={setMeterNo} expected={item.meterNo} />
      )}
      {isSignature && <Signature isSigned={signature !== undefined} onChange={setSignature} />}
      {method === 'refusal' && <Words label={t('witness')} value={witness} onChange={setWitness} />}
      {(method === 'refusal' || method === 'not-served') && (
        <Words label={t(`circumstances.${method}`)} value={circumstances} onChange={setCircumstances} />
      )}
      {method !== '' && (
        <>
          <Photos photos={photos} onChange={setPhotos} />
          <label className="check">
            <input
              type="checkbox"
              checked={claimsPaid}
              onChange={(event) => setClaimsPaid(event.target.checked)}
            />
            {t('claims-paid')}
          </label>
          {needsPicture && pictures.length === 0 && <p className="quiet">{t(`needs.${method}`)}</p>}
          <button
            type="submit"
            className="plain-button primary wide"
            disabled={needsPicture && pictures.length === 0}
          >
            {t('record', { what: t.code(method, 'method.') })}
          </button>
        </>
      )}
    </form>
  );
}
