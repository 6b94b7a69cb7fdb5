import { setLang } from '../i18n/i18n.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { WELCOME_TEXTS } from '../texts/welcome.ts';
import type { Session } from '../auth/session.ts';

/** What one sees before signing in, and after the session is over. */
export function Welcome({ session }: { session: Session }) {
  const t = useTexts(WELCOME_TEXTS);
  return (
    <main className="welcome">
      <img src="/console/icon.svg" alt="" width="56" height="56" />
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <button type="button" className="plain-button primary" onClick={() => void session.signIn()}>
        {t('sign-in')}
      </button>
      {session.config.isDemo && <p className="quiet">{t('demo')}</p>}
      <button
        type="button"
        className="link-button"
        lang={t.lang === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => setLang(t.lang === 'zh' ? 'en' : 'zh')}
      >
        {t('other-language')}
      </button>
    </main>
  );
}
