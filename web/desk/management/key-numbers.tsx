import { Link } from 'react-router';
import type { ReactNode } from 'react';
import { yuan } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { MANAGEMENT_TEXTS } from '../texts/management.ts';
import { byHours, casesOf, restoredOf } from './numbers.ts';
import { casesAt } from './pictures.tsx';
import type { Figures } from './use-figures.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

function KeyNumber(props: { name: string; to?: string; value: string | undefined; more?: ReactNode }) {
  const { name, to, value = '…', more } = props;
  return (
    <div className="key-number">
      <dt>{name}</dt>
      <dd>
        {to === undefined ? <strong>{value}</strong> : <Link to={to}>{value}</Link>}
        <span className="quiet small">{more}</span>
      </dd>
    </div>
  );
}

/** The numbers that are asked for first; each leads to what it counts where that is a list. */
export function KeyNumbers({ figures, centreId }: { figures: Figures; centreId: string | undefined }) {
  const t = useTexts(MANAGEMENT_TEXTS);
  const cases = figures.cases.data;
  const money = figures.recovered.data?.days;
  const done =
    figures.restorations.data === undefined ? undefined : restoredOf(byHours(figures.restorations.data));
  const of = (name: 'approvals' | 'approvalsSoon' | 'stopped' | 'restoring' | 'late'): number =>
    sum((cases?.centres ?? []).map((centre) => centre[name]));
  const shown = (n: number): string | undefined =>
    cases === undefined ? undefined : n.toLocaleString('en-US');
  return (
    <dl className="key-numbers" aria-label={t('numbers')}>
      <KeyNumber
        name={t('open-cases')}
        to={casesAt({ centreId })}
        value={cases && casesOf(cases).toLocaleString('en-US')}
      />
      <KeyNumber
        name={t('approvals')}
        to="/approvals"
        value={shown(of('approvals'))}
        more={of('approvalsSoon') > 0 && t('approvals-soon', { n: of('approvalsSoon') })}
      />
      <KeyNumber
        name={t('stopped')}
        value={shown(of('stopped'))}
        more={
          <>
            {t('restoring', { n: of('restoring') })}
            {of('late') > 0 && (
              <>
                {' · '}
                <Link to="/management/late">{t('late', { n: of('late') })}</Link>
              </>
            )}
          </>
        }
      />
      <KeyNumber
        name={t('recovered-sum')}
        value={money && yuan(sum(money.map(({ fen }) => fen)))}
        more={money && t('payments', { n: sum(money.map(({ payments }) => payments)) })}
      />
      <KeyNumber
        name={t('in-time')}
        value={
          done && (done.all === 0 ? '–' : `${(((done.all - done.missed) / done.all) * 100).toFixed(1)}%`)
        }
        more={
          done &&
          (done.all === 0
            ? t('none-restored')
            : t('in-time-of', { n: done.all - done.missed, all: done.all }))
        }
      />
    </dl>
  );
}
