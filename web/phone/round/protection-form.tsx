import { useState, type FormEvent } from 'react';
import type { RoundItem } from '../../../api/shapes/round.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useQueue } from '../device/queue.tsx';
import { Ways } from '../parts/fields.tsx';
import { ROUND_TEXTS } from '../texts/round.ts';
import { aboutOf } from './about.ts';

/** What the customer answers about life support and vulnerable people (L11). */
export function ProtectionForm({ item, offsetMs }: { item: RoundItem; offsetMs: number }) {
  const t = useTexts(ROUND_TEXTS);
  const { add } = useQueue();
  const [protection, setProtection] = useState('');
  const [consent, setConsent] = useState(false);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void add({
      kind: 'protection',
      about: aboutOf(item),
      path: `/accounts/${encodeURIComponent(item.accountNo)}/protection`,
      body: { protection, consent },
      happenedAt: new Date(Date.now() + offsetMs).toISOString(),
    });
  };
  return (
    <form onSubmit={send} className="act-form" aria-label={t.code(item.kind, 'task.')}>
      <p>{t('protection-how')}</p>
      <Ways
        label={t('protection-answer')}
        ways={['none', 'registered'].map((value) => ({ value, words: t.code(value, 'protection.') }))}
        value={protection}
        onChange={setProtection}
      />
      <label className="check">
        <input type="checkbox" checked={consent} onChange={(event) => setConsent(event.target.checked)} />
        {t('consent')}
      </label>
      <button type="submit" className="plain-button primary wide">
        {t('record', { what: t.code(item.kind, 'task.') })}
      </button>
    </form>
  );
}
