import { useState } from 'react';
import { Link } from 'react-router';
import type { RoundItem } from '../../../api/shapes/round.ts';
import { civilDay, moment, yuan } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { useLastAct, useQueue } from '../device/queue.tsx';
import type { Act } from '../device/store.ts';
import { offsetOf } from '../device/use-kept.ts';
import { ActState } from '../parts/act-state.tsx';
import { TimeLeft } from '../parts/now.tsx';
import { HowKnown } from '../parts/old-data.tsx';
import { ROUND_TEXTS } from '../texts/round.ts';
import { actKindOf, isAbout, ROUND_ACTS } from './acts.ts';
import { useRound } from './use-round.ts';

function Stop({ item, startedAtMs }: { item: RoundItem; startedAtMs: number }) {
  const t = useTexts(ROUND_TEXTS);
  const act = useLastAct(item.ref, [actKindOf(item)]);
  const isLastDay = item.kind === 'serve-red' && civilDay(item.dueAt) === civilDay(item.nowAt);
  const colour = item.notice?.kind === 'red' ? ' red' : item.notice?.kind === 'yellow' ? ' yellow' : '';
  return (
    <li>
      <Link to={`/round/${encodeURIComponent(item.taskId)}`} className={`card${colour}`}>
        <span className="card-head">
          <strong>{t.code(item.kind, 'task.')}</strong>
          <TimeLeft until={item.dueAt} offsetMs={offsetOf(item.nowAt, startedAtMs)} />
        </span>
        <span className="card-where">{item.address}</span>
        <span className="quiet">
          {item.customerName} · {item.accountNo}
          {item.notice !== null && ` · ${yuan(item.notice.sumFen)}`}
        </span>
        {isLastDay && <span className="urgent">{t('lost-today')}</span>}
        <span className="quiet">{t('until', { at: moment(item.dueAt) })}</span>
        {act?.state === 'waiting' && <span className="waiting">{t('done-waits')}</span>}
        {act?.state === 'refused' && <span className="urgent">{t('done-refused')}</span>}
      </Link>
    </li>
  );
}

const byAddress = (a: RoundItem, b: RoundItem): number =>
  a.address.localeCompare(b.address, 'zh', { numeric: true });

/** Done today: what was sent from this device, newest first. */
function Done({ acts }: { acts: readonly Act[] }) {
  const t = useTexts(ROUND_TEXTS);
  if (acts.length === 0) return null;
  return (
    <section aria-labelledby="done">
      <h2 id="done">{t('done')}</h2>
      <ul className="cards">
        {acts.map((act) => (
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
  );
}

/** Where a reader has to go today, the most urgent first or house by house. */
export default function RoundPage() {
  const t = useTexts(ROUND_TEXTS);
  const round = useRound();
  const { acts } = useQueue();
  const [order, setOrder] = useState<'due' | 'address'>('due');
  const items = round.data ?? [];
  const shown = order === 'due' ? items : items.toSorted(byAddress);
  const done = acts
    .filter((act) => ROUND_ACTS.includes(act.kind) && !items.some((item) => isAbout(act, item)))
    .toReversed();
  return (
    <>
      <h1>{t('title')}</h1>
      <HowKnown read={round} />
      {round.data !== undefined && items.length === 0 && (
        <section className="phone-nothing">
          <h2>{t('none')}</h2>
          <p>{t('none-now')}</p>
        </section>
      )}
      {items.length > 0 && (
        <>
          <div className="choice" role="group" aria-label={t('order')}>
            {(['due', 'address'] as const).map((one) => (
              <button key={one} type="button" aria-pressed={order === one} onClick={() => setOrder(one)}>
                {t(`order.${one}`)}
              </button>
            ))}
          </div>
          <p className="quiet">{t('count', { n: items.length })}</p>
          <ol className="cards">
            {shown.map((item) => (
              <Stop key={item.taskId} item={item} startedAtMs={round.startedAtMs ?? 0} />
            ))}
          </ol>
        </>
      )}
      <Done acts={done} />
    </>
  );
}
