import { useState, type FormEvent } from 'react';
import type { CrewTicket } from '../../../api/shapes/round.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useLastAct, useQueue } from '../device/queue.tsx';
import type { Picture } from '../device/store.ts';
import { ActState } from '../parts/act-state.tsx';
import { Ways } from '../parts/fields.tsx';
import { Photos } from '../parts/photos.tsx';
import { CREW_TEXTS } from '../texts/crew.ts';
import { aboutOf } from './about.ts';
import { useInHand } from './in-hand.ts';
import { MisTap } from './mis-tap.tsx';
import { Reading } from './stop-proof.tsx';

const stopPath = (ticket: CrewTicket, act: string): string =>
  `/stops/${encodeURIComponent(ticket.stopId ?? '')}/${act}`;

/** Whether the customer says that it is safe to switch on; nobody waits for the answer. */
function Safety({ ticket, offsetMs }: { ticket: CrewTicket; offsetMs: number }) {
  const t = useTexts(CREW_TEXTS);
  const { add } = useQueue();
  const act = useLastAct(ticket.ticketId, ['safety']);
  const confirmedAt = ticket.restoration?.safetyConfirmedAt;
  if (act !== undefined && act.state !== 'sent') return <ActState act={act} />;
  if (confirmedAt !== null && confirmedAt !== undefined)
    return <p className="good-line">{t('safety-confirmed', { at: moment(confirmedAt) })}</p>;
  if (act !== undefined) return <ActState act={act} />;
  const confirm = (): void => {
    const happenedAt = new Date(Date.now() + offsetMs).toISOString();
    void add({
      kind: 'safety',
      about: aboutOf(ticket),
      path: stopPath(ticket, 'safety-confirmation'),
      body: { occurredAt: happenedAt },
      happenedAt,
    });
  };
  return (
    <>
      <p>{t('safety-how')}</p>
      <button type="button" className="plain-button wide" onClick={confirm}>
        {t('safety-confirm')}
      </button>
    </>
  );
}

function Proof({ ticket, switchedAt }: { ticket: CrewTicket; switchedAt: string }) {
  const t = useTexts(CREW_TEXTS);
  const { add } = useQueue();
  const [kind, setKind] = useState('');
  const [reading, setReading] = useState('');
  const [photos, setPhotos] = useState<readonly Picture[]>([]);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const voltage = {
      kind: 'voltage',
      voltagePresent: true,
      ...(reading === '' ? {} : { readingKwh: Number(reading) }),
    };
    void add({
      kind: 'restored',
      about: aboutOf(ticket),
      path: stopPath(ticket, 'restored'),
      body: {
        proof: kind === 'voltage' ? voltage : { kind: 'customer', saysLightIsOn: true },
        occurredAt: switchedAt,
      },
      happenedAt: switchedAt,
      pictures: photos,
    });
  };
  return (
    <form onSubmit={send} className="act-form" aria-label={t('restored-proof')}>
      <p className="good-line">{t('on-since', { at: moment(switchedAt) })}</p>
      <Ways
        label={t('restored-proof')}
        ways={['voltage', 'customer'].map((value) => ({ value, words: t.code(value, 'light.') }))}
        value={kind}
        onChange={setKind}
      />
      {kind === 'voltage' && <Reading value={reading} onChange={setReading} />}
      {kind !== '' && <Photos photos={photos} onChange={setPhotos} />}
      <p className="quiet">{t('no-light-yet')}</p>
      <button type="submit" className="plain-button primary wide">
        {t('record-restored')}
      </button>
      <MisTap ticketId={ticket.ticketId} of="restore" />
    </form>
  );
}

/** A restoration: ask whether it is safe, switch on, prove that the light is back. */
export function Restore({ ticket, offsetMs }: { ticket: CrewTicket; offsetMs: number }) {
  const t = useTexts(CREW_TEXTS);
  const { all, put } = useInHand();
  const switchedAt = all[ticket.ticketId]?.switchedAt;
  const isDangerous = (ticket.restoration?.safetyDangerAt ?? null) !== null;
  return (
    <>
      {isDangerous && (
        <p className="no-stop" role="alert">
          {t('danger')}
        </p>
      )}
      <h2>{t('safety')}</h2>
      <Safety ticket={ticket} offsetMs={offsetMs} />
      <h2>{t('switch-on')}</h2>
      {switchedAt === undefined ? (
        <>
          <p className="quiet">{t('unreachable')}</p>
          <button
            type="button"
            className="plain-button primary wide"
            onClick={() =>
              void put(ticket.ticketId, { switchedAt: new Date(Date.now() + offsetMs).toISOString() })
            }
          >
            {t('is-on')}
          </button>
        </>
      ) : (
        <Proof ticket={ticket} switchedAt={switchedAt} />
      )}
    </>
  );
}
