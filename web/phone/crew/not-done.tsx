import { useState, type FormEvent } from 'react';
import type { CrewTicket } from '../../../api/shapes/round.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useQueue } from '../device/queue.tsx';
import { Ways, Words } from '../parts/fields.tsx';
import { CREW_TEXTS } from '../texts/crew.ts';
import { aboutOf, ticketPath } from './about.ts';

const WHY = ['no-access', 'customer-objects', 'life-support-on-site', 'meter-differs', 'unsafe', 'other'];

/** A stop that cannot, or must not, be done: with a reason; the attempt moves to another day. */
export function NotDone({ ticket, offsetMs }: { ticket: CrewTicket; offsetMs: number }) {
  const t = useTexts(CREW_TEXTS);
  const { add } = useQueue();
  const [isOpen, setOpen] = useState(false);
  const [why, setWhy] = useState('');
  const [words, setWords] = useState('');
  const may = ticket.allowedActions.find(({ action }) => action === 'report-not-done');
  if (may?.allowed === false) return null;
  if (!isOpen)
    return (
      <button type="button" className="plain-button wide apart" onClick={() => setOpen(true)}>
        {t('cannot')}
      </button>
    );
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const happenedAt = new Date(Date.now() + offsetMs).toISOString();
    void add({
      kind: 'not-done',
      about: aboutOf(ticket),
      path: ticketPath(ticket, 'not-done'),
      body: { reason: why === 'other' ? words.trim() : why, occurredAt: happenedAt },
      happenedAt,
    });
  };
  return (
    <form onSubmit={send} className="act-form apart" aria-label={t('cannot')}>
      <Ways
        label={t('cannot-why')}
        ways={WHY.map((value) => ({ value, words: t.code(value, 'why.') }))}
        value={why}
        onChange={setWhy}
      />
      {why === 'other' && <Words label={t('why-words')} value={words} onChange={setWords} />}
      <p className="quiet">{t('cannot-means')}</p>
      <div className="buttons">
        <button type="submit" className="plain-button primary">
          {t('record-cannot')}
        </button>
        <button type="button" className="plain-button" onClick={() => setOpen(false)}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
