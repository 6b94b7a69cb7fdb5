import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useOpensOffline } from '../device/offline.ts';
import { useQueue } from '../device/queue.tsx';
import { ActState } from '../parts/act-state.tsx';
import { DEVICE_TEXTS } from '../texts/device.ts';

/** Everything that was done on this device: what waits, what has arrived, what was refused and what to do about it. */
export default function SentPage() {
  const t = useTexts(DEVICE_TEXTS);
  const { acts, isOnline, isSending, sendNow } = useQueue();
  const opensOffline = useOpensOffline();
  const rank = { refused: 0, waiting: 1, sent: 2 };
  const shown = acts.toReversed().toSorted((a, b) => rank[a.state] - rank[b.state]);
  const waits = acts.some(({ state }) => state === 'waiting');
  return (
    <>
      <h1>{t('title')}</h1>
      <p className="quiet">{t('lead')}</p>
      <p role="status" className={opensOffline ? 'good-line' : 'quiet'}>
        {t(opensOffline ? 'opens-offline' : 'not-offline-yet')}
      </p>
      {waits && (
        <button type="button" className="plain-button" disabled={!isOnline || isSending} onClick={sendNow}>
          {isOnline ? t('send-now') : t('offline')}
        </button>
      )}
      {acts.length === 0 && (
        <section className="phone-nothing">
          <h2>{t('nothing')}</h2>
          <p>{t('nothing-now')}</p>
        </section>
      )}
      <ul className="cards">
        {shown.map((act) => (
          <li key={act.id} className="card">
            <span className="card-head">
              <strong>{t.code(act.kind, 'kind.')}</strong>
            </span>
            <span className="card-where">{act.about.address}</span>
            <span className="quiet">
              {act.about.customerName} · {act.about.accountNo}
            </span>
            <ActState act={act} />
          </li>
        ))}
      </ul>
    </>
  );
}
