import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { CrewTicket } from '../../../api/shapes/round.ts';
import { hour, moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useLastAct } from '../device/queue.tsx';
import type { Act } from '../device/store.ts';
import { offsetOf } from '../device/use-kept.ts';
import { ActState } from '../parts/act-state.tsx';
import { TimeLeft } from '../parts/now.tsx';
import { HowKnown } from '../parts/old-data.tsx';
import { CREW_TEXTS } from '../texts/crew.ts';
import { ENDING_ACTS } from './about.ts';
import { useInHand } from './in-hand.ts';
import { Restore } from './restore.tsx';
import { Stop } from './stop.tsx';
import { useTickets } from './use-tickets.ts';

function Facts({ ticket, offsetMs }: { ticket: CrewTicket; offsetMs: number }) {
  const t = useTexts(CREW_TEXTS);
  const { restoration } = ticket;
  return (
    <dl className="facts">
      <dt>{t('where')}</dt>
      <dd className="big">{ticket.address}</dd>
      <dt>{t('who')}</dt>
      <dd>
        {ticket.customerName} · {ticket.accountNo}
      </dd>
      <dt>{t('when')}</dt>
      <dd>
        {restoration === null ? (
          `${moment(ticket.plannedFrom)} – ${hour(ticket.plannedTo)}`
        ) : (
          <>
            {t('restore-by', { at: moment(restoration.deadlineAt) })}{' '}
            <TimeLeft until={restoration.deadlineAt} offsetMs={offsetMs} />
          </>
        )}
      </dd>
      {ticket.phone !== null && (
        <>
          <dt>{t('phone')}</dt>
          <dd>
            <a className="call" href={`tel:${ticket.phone}`}>
              {ticket.phone}
            </a>
          </dd>
        </>
      )}
    </dl>
  );
}

/** The ticket as printed. */
function Form({ ticket }: { ticket: CrewTicket }) {
  const t = useTexts(CREW_TEXTS);
  const filled = Object.entries(ticket.form).filter(([, value]) => value !== '');
  return (
    <details className="ticket-form">
      <summary>{t('form')}</summary>
      <dl className="facts" lang="zh-CN">
        {filled.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What came of an executed stop, in words; a wrongful one says what happens now. */
function Classified({ act }: { act: Act }) {
  const t = useTexts(CREW_TEXTS);
  const said = act.answer?.['classification'];
  if (act.kind !== 'execution' || typeof said !== 'string') return null;
  return <p className={said === 'lawful' ? 'good-line' : 'urgent'}>{t.code(said, 'class.')}</p>;
}

function Acts(props: { ticket: CrewTicket; offsetMs: number; startedAtMs: number }) {
  if (props.ticket.kind === 'stop') return <Stop {...props} />;
  return <Restore ticket={props.ticket} offsetMs={props.offsetMs} />;
}

/** One ticket: where, when, and the acts in their order. */
export default function TicketPage() {
  const t = useTexts(CREW_TEXTS);
  const { ticketId = '' } = useParams();
  const read = useTickets();
  const { put, isRead, all } = useInHand();
  const [seen, setSeen] = useState<CrewTicket>();
  const found = read.data?.find((one) => one.ticketId === ticketId);
  const ticket = found ?? seen;
  if (found !== undefined && found !== seen) setSeen(found);
  const act = useLastAct(ticketId, ENDING_ACTS);
  const isKnown = ticket !== undefined;
  const isOpened = all[ticketId]?.isOpened === true;
  useEffect(() => {
    if (isKnown && isRead && !isOpened) void put(ticketId, { isOpened: true });
  }, [isKnown, isRead, isOpened, put, ticketId]);
  const offsetMs = ticket === undefined ? 0 : offsetOf(ticket.nowAt, read.startedAtMs ?? 0);
  return (
    <>
      <Link to="/crew" className="back">
        ‹ {t('title')}
      </Link>
      <HowKnown read={read} />
      {ticket === undefined && read.data !== undefined && (
        <section className="phone-nothing">
          <h1>{t('gone')}</h1>
          <p>{t('gone-now')}</p>
        </section>
      )}
      {ticket !== undefined && (
        <>
          <h1>{t(`ticket.${ticket.kind}`)}</h1>
          <Facts ticket={ticket} offsetMs={offsetMs} />
          <Form ticket={ticket} />
          {act !== undefined && (
            <section aria-live="polite" aria-label={t('result')}>
              <ActState act={act} />
              <Classified act={act} />
            </section>
          )}
          {isRead && (act === undefined || act.state === 'refused') && found !== undefined && (
            <Acts ticket={ticket} offsetMs={offsetMs} startedAtMs={read.startedAtMs ?? 0} />
          )}
        </>
      )}
    </>
  );
}
