import { Link } from 'react-router';
import type { CrewTicket } from '../../../api/shapes/round.ts';
import { hour, moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useLastAct, useQueue } from '../device/queue.tsx';
import { offsetOf } from '../device/use-kept.ts';
import { ActState } from '../parts/act-state.tsx';
import { TimeLeft } from '../parts/now.tsx';
import { HowKnown } from '../parts/old-data.tsx';
import { CREW_TEXTS } from '../texts/crew.ts';
import { ENDING_ACTS } from './about.ts';
import { useInHand } from './in-hand.ts';
import { useTickets } from './use-tickets.ts';

function Card({ ticket, startedAtMs }: { ticket: CrewTicket; startedAtMs: number }) {
  const t = useTexts(CREW_TEXTS);
  const act = useLastAct(ticket.ticketId, ENDING_ACTS);
  const { all } = useInHand();
  const { restoration } = ticket;
  const isUnrecorded = all[ticket.ticketId]?.switchedAt !== undefined && act === undefined;
  return (
    <li>
      <Link
        to={`/crew/${encodeURIComponent(ticket.ticketId)}`}
        className={`card ${ticket.kind === 'restore' ? 'restore' : 'red'}`}
      >
        <span className="card-head">
          <strong>{t(`ticket.${ticket.kind}`)}</strong>
          {restoration !== null && (
            <TimeLeft until={restoration.deadlineAt} offsetMs={offsetOf(ticket.nowAt, startedAtMs)} />
          )}
          {ticket.kind === 'stop' && (
            <span>
              {hour(ticket.plannedFrom)}–{hour(ticket.plannedTo)}
            </span>
          )}
        </span>
        <span className="card-where">{ticket.address}</span>
        <span className="quiet">
          {ticket.customerName} · {ticket.accountNo}
        </span>
        {restoration !== null && (
          <span className="quiet">{t('restore-by', { at: moment(restoration.deadlineAt) })}</span>
        )}
        {isUnrecorded && <span className="urgent">{t(`unrecorded.${ticket.kind}`)}</span>}
        {ticket.permit !== null && act === undefined && !isUnrecorded && (
          <span className="waiting">{t('has-permit')}</span>
        )}
        {act?.state === 'waiting' && <span className="waiting">{t('done-waits')}</span>}
        {act?.state === 'refused' && <span className="urgent">{t('done-refused')}</span>}
      </Link>
    </li>
  );
}

function Part(props: { title: string; tickets: readonly CrewTicket[]; startedAtMs: number }) {
  if (props.tickets.length === 0) return null;
  return (
    <section>
      <h2>{props.title}</h2>
      <ol className="cards">
        {props.tickets.map((ticket) => (
          <Card key={ticket.ticketId} ticket={ticket} startedAtMs={props.startedAtMs} />
        ))}
      </ol>
    </section>
  );
}

const isStoodDown = ({ status }: CrewTicket): boolean =>
  status === 'recalled' || status === 'recall-acknowledged';

/** What a crew does today: whoever is in the dark first, then the stops by their time. */
export default function CrewPage() {
  const t = useTexts(CREW_TEXTS);
  const read = useTickets();
  const { acts } = useQueue();
  const { all } = useInHand();
  const isRecorded = (ticketId: string): boolean =>
    acts.some(({ kind, about }) => ENDING_ACTS.includes(kind) && about.ref === ticketId);
  const tickets = (read.data ?? []).filter(
    (one) => !isStoodDown(one) || (all[one.ticketId]?.switchedAt !== undefined && !isRecorded(one.ticketId)),
  );
  const shown = new Set(tickets.map(({ ticketId }) => ticketId));
  const done = acts.filter((act) => ENDING_ACTS.includes(act.kind) && !shown.has(act.about.ref)).toReversed();
  const startedAtMs = read.startedAtMs ?? 0;
  return (
    <>
      <h1>{t('title')}</h1>
      <HowKnown read={read} />
      {read.data !== undefined && tickets.length === 0 && (
        <section className="phone-nothing">
          <h2>{t('none')}</h2>
          <p>{t('none-now')}</p>
        </section>
      )}
      <Part
        title={t('restores')}
        tickets={tickets.filter(({ kind }) => kind === 'restore')}
        startedAtMs={startedAtMs}
      />
      <Part
        title={t('stops')}
        tickets={tickets.filter(({ kind }) => kind === 'stop')}
        startedAtMs={startedAtMs}
      />
      {done.length > 0 && (
        <section>
          <h2>{t('done')}</h2>
          <ul className="cards">
            {done.map((act) => (
              <li key={act.id} className="card">
                <span className="card-where">{act.about.address}</span>
                <span className="quiet">
                  {act.about.customerName} · {act.about.accountNo}
                </span>
                <ActState act={act} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
