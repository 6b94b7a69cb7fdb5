import { useState } from 'react';
import { Link } from 'react-router';
import { useMe, useSession } from '../shared/api/context.tsx';
import { setLang } from '../shared/i18n/i18n.ts';
import { useTexts } from '../shared/i18n/use-texts.ts';
import { useQueue } from './device/queue.tsx';
import { forgetKept } from './device/store.ts';
import { PHONE_TEXTS } from './texts.ts';
import { DEVICE_TEXTS } from './texts/device.ts';

/** In one line whether everything has arrived; the way to what has not. */
function DeviceState() {
  const t = useTexts(DEVICE_TEXTS);
  const { acts, isOnline, isSending } = useQueue();
  const waiting = acts.filter(({ state }) => state === 'waiting').length;
  const refused = acts.filter(({ state }) => state === 'refused').length;
  const words = [
    ...(isOnline ? [] : [t('offline')]),
    ...(refused > 0 ? [t('refused', { n: refused })] : []),
    ...(waiting > 0 ? [t(isSending && isOnline ? 'sending' : 'waiting', { n: waiting })] : []),
  ];
  const tone = refused > 0 ? 'bad' : words.length > 0 ? 'warn' : 'good';
  return (
    <div role="status" className={`device-state ${tone}`}>
      <Link to="/device">
        {words.length > 0 ? words.join(' · ') : acts.length > 0 ? t('all-sent') : t('title')}
      </Link>
    </div>
  );
}

function SignOut() {
  const shell = useTexts(PHONE_TEXTS);
  const t = useTexts(DEVICE_TEXTS);
  const session = useSession();
  const { personId } = useMe();
  const { acts } = useQueue();
  const [isAsking, setAsking] = useState(false);
  const left = acts.filter(({ state }) => state !== 'sent').length;
  const leave = async (): Promise<void> => {
    await forgetKept(personId);
    await session.signOut();
  };
  if (!isAsking)
    return (
      <button type="button" onClick={() => (left > 0 ? setAsking(true) : void leave())}>
        {shell('sign-out')}
      </button>
    );
  return (
    <div className="sign-out" role="alertdialog" aria-label={shell('sign-out')}>
      <p>{t('sign-out-waits', { n: left })}</p>
      <button type="button" onClick={() => setAsking(false)}>
        {t('stay')}
      </button>
      <button type="button" onClick={() => void leave()}>
        {t('sign-out-anyway')}
      </button>
    </div>
  );
}

/** Who works here, in which language, and whether everything has arrived. */
export function Head({ hasDevice }: { hasDevice: boolean }) {
  const t = useTexts(PHONE_TEXTS);
  const me = useMe();
  return (
    <header className="phone-head">
      <Link to="/">{t('title')}</Link>
      <span>{me.name}</span>
      <button
        type="button"
        lang={t.lang === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => setLang(t.lang === 'zh' ? 'en' : 'zh')}
      >
        {t('language')}
      </button>
      <SignOut />
      {hasDevice && <DeviceState />}
    </header>
  );
}
