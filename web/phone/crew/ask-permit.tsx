import { useRef, useState, type FormEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { CrewTicket } from '../../../api/shapes/round.ts';
import { newKey } from '../../shared/api/client.ts';
import { useApi } from '../../shared/api/context.tsx';
import { problemOf, type ApiProblem } from '../../shared/api/problem.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useQueue } from '../device/queue.tsx';
import { offsetOf } from '../device/use-kept.ts';
import { Reasons } from '../parts/act-state.tsx';
import { MeterNumber } from '../parts/meter-number.tsx';
import { CREW_TEXTS } from '../texts/crew.ts';
import { ticketPath } from './about.ts';
import { useInHand } from './in-hand.ts';

interface Permit {
  permitId: string;
  expiresAt: string;
  nowAt: string;
}

/** The same question keeps its key until it is answered; a question that is asked anew is a new one. */
function useAsk(ticket: CrewTicket) {
  const api = useApi();
  const client = useQueryClient();
  const { put } = useInHand();
  const kept = useRef({ input: '', key: '' });
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  async function ask(meterNo: string, inDoubt: boolean, offsetMs: number): Promise<void> {
    const body = JSON.stringify({ readMeterNo: meterNo, inDoubt });
    if (kept.current.input !== body) kept.current = { input: body, key: newKey() };
    setAsking(true);
    setProblem(undefined);
    const startedAtMs = Date.now();
    try {
      // Once, never by itself again later: a permit that nobody stands and waits for must not come.
      const response = await api.raw(ticketPath(ticket, 'permits'), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': kept.current.key },
        body,
      });
      const { permitId, expiresAt, nowAt } = (await response.json()) as Permit;
      kept.current = { input: '', key: '' };
      await put(ticket.ticketId, {
        permit: { permitId, expiresAt },
        permitCameAtMs: Date.now(),
        meterNo,
        offsetMs: Math.max(offsetMs, offsetOf(nowAt, startedAtMs)),
      });
    } catch (error) {
      const found = problemOf(error);
      if (found.status !== 0) kept.current = { input: '', key: '' };
      setProblem(found);
    } finally {
      setAsking(false);
      void client.invalidateQueries({ queryKey: ['tickets'] });
    }
  }
  return { ask, isAsking, problem };
}

/** Which meter, then the question. No network, no answer, no permit: then nothing is stopped. */
export function AskPermit({ ticket, offsetMs }: { ticket: CrewTicket; offsetMs: number }) {
  const t = useTexts(CREW_TEXTS);
  const { isOnline } = useQueue();
  const [meterNo, setMeterNo] = useState('');
  const [inDoubt, setInDoubt] = useState(false);
  const { ask, isAsking, problem } = useAsk(ticket);
  const may = ticket.allowedActions.find(({ action }) => action === 'request-permit');
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void ask(meterNo, inDoubt, offsetMs);
  };
  return (
    <form onSubmit={send} className="act-form" aria-label={t('ask-permit')}>
      <MeterNumber value={meterNo} onChange={setMeterNo} />
      <label className="check">
        <input type="checkbox" checked={inDoubt} onChange={(event) => setInDoubt(event.target.checked)} />
        {t('in-doubt')}
      </label>
      {may?.allowed === false && (
        <div className="may-not">
          <strong>{t('no-permit-now')}</strong>
          <Reasons reasons={may.reasons} />
        </div>
      )}
      {!isOnline && (
        <p className="no-stop" role="alert">
          {t('no-network-no-permit')}
        </p>
      )}
      <button
        type="submit"
        className="plain-button primary wide"
        disabled={!isOnline || isAsking || may?.allowed === false}
      >
        {isAsking ? t('asking') : t('ask-permit')}
      </button>
      {problem !== undefined && (
        <div className="no-stop" role="alert">
          <p>{t(problem.status === 0 ? 'no-answer-no-permit' : 'no-permit')}</p>
          <Reasons reasons={problem.reasons} />
          {problem.status !== 0 && problem.reasons.length === 0 && (
            <p>
              {problem.title} {problem.detail}
            </p>
          )}
        </div>
      )}
    </form>
  );
}
