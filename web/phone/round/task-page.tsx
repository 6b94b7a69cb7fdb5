import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { RoundItem } from '../../../api/shapes/round.ts';
import { hour, moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useLastAct } from '../device/queue.tsx';
import type { Act } from '../device/store.ts';
import { offsetOf } from '../device/use-kept.ts';
import { ActState, doesNotCount } from '../parts/act-state.tsx';
import { TimeLeft } from '../parts/now.tsx';
import { HowKnown } from '../parts/old-data.tsx';
import { ROUND_TEXTS } from '../texts/round.ts';
import { actKindOf } from './acts.ts';
import { Notice } from './notice.tsx';
import { ProtectionForm } from './protection-form.tsx';
import { ServeForm } from './serve-form.tsx';
import { SiteForm } from './site-form.tsx';
import { useRound } from './use-round.ts';

/** What a service fixed: certain once the office has it, expected before. */
function Fixed({ act }: { act: Act }) {
  const t = useTexts(ROUND_TEXTS);
  const answered = act.answer as { stopAt?: string; stopUntil?: string } | undefined;
  if (act.state === 'sent' && answered?.stopAt !== undefined)
    return (
      <p className="stop-day">
        {t('fixed')}
        <strong>
          {moment(answered.stopAt)} – {hour(answered.stopUntil ?? answered.stopAt)}
        </strong>
      </p>
    );
  if (act.state === 'sent' || act.fixes === undefined) return null;
  return (
    <p className="stop-day">
      {t('fixes')}
      <strong>
        {moment(act.fixes.stopAt)} – {hour(act.fixes.stopUntil)}
      </strong>
      <span className="quiet">{t('fixes-once-sent')}</span>
    </p>
  );
}

function Form({ item, offsetMs }: { item: RoundItem; offsetMs: number }) {
  if (item.notice !== null) return <ServeForm item={item} notice={item.notice} offsetMs={offsetMs} />;
  if (item.kind === 'ask-protection') return <ProtectionForm item={item} offsetMs={offsetMs} />;
  return <SiteForm item={item} offsetMs={offsetMs} />;
}

function Task(props: { item: RoundItem; startedAtMs: number; isServed: boolean }) {
  const { item, startedAtMs, isServed } = props;
  const t = useTexts(ROUND_TEXTS);
  const offsetMs = offsetOf(item.nowAt, startedAtMs);
  return (
    <>
      <h1>{t.code(item.kind, 'task.')}</h1>
      <dl className="facts">
        <dt>{t('where')}</dt>
        <dd className="big">{item.address}</dd>
        <dt>{t('who')}</dt>
        <dd>
          {item.customerName} · {item.accountNo}
        </dd>
        <dt>{t('meter')}</dt>
        <dd>{item.meterNo}</dd>
        <dt>{t('due')}</dt>
        <dd>
          {moment(item.dueAt)} <TimeLeft until={item.dueAt} offsetMs={offsetMs} />
        </dd>
        {item.stop !== null && (
          <>
            <dt>{t('stop-planned')}</dt>
            <dd>
              {moment(item.stop.plannedFrom)} – {hour(item.stop.plannedTo)}
            </dd>
          </>
        )}
      </dl>
      {item.notice !== null && <Notice notice={item.notice} offsetMs={offsetMs} isServed={isServed} />}
    </>
  );
}

/** One stop of the round: who, where, what is owed, and the act; afterwards what became of it. */
export default function TaskPage() {
  const t = useTexts(ROUND_TEXTS);
  const { taskId = '' } = useParams();
  const round = useRound();
  const [isAnew, setAnew] = useState<string>();
  const [seen, setSeen] = useState<RoundItem>();
  const item = round.data?.find((one) => one.taskId === taskId) ?? seen;
  // Once served it leaves the round; the page goes on showing what was done.
  if (item !== undefined && item !== seen) setSeen(item);
  const act = useLastAct(item?.ref ?? '', item === undefined ? [] : [actKindOf(item)]);
  const isOpen = act === undefined || act.id === isAnew;
  return (
    <>
      <Link to="/round" className="back">
        ‹ {t('title')}
      </Link>
      <HowKnown read={round} />
      {item === undefined && round.data !== undefined && (
        <section className="phone-nothing">
          <h1>{t('gone')}</h1>
          <p>{t('gone-now')}</p>
        </section>
      )}
      {item !== undefined && (
        <>
          <Task item={item} startedAtMs={round.startedAtMs ?? 0} isServed={!isOpen && !doesNotCount(act)} />
          {act !== undefined && (
            <section aria-live="polite" aria-label={t('result')}>
              <ActState act={act} />
              {!doesNotCount(act) && <Fixed act={act} />}
              {(doesNotCount(act) || act.state === 'refused') && !isOpen && (
                <button type="button" className="plain-button primary" onClick={() => setAnew(act.id)}>
                  {t('once-more')}
                </button>
              )}
            </section>
          )}
          {isOpen && (
            <Form
              key={act?.id ?? 'first'}
              item={item}
              offsetMs={offsetOf(item.nowAt, round.startedAtMs ?? 0)}
            />
          )}
        </>
      )}
    </>
  );
}
