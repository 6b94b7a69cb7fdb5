import { Timeline as Line, Typography } from 'antd';
import type { CaseView } from '../../../api/shapes/case.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts, type Texts } from '../../shared/i18n/use-texts.ts';
import { ACTS } from '../texts/acts.ts';
import { CASE_TEXTS } from '../texts/cases.ts';
import { WORDS } from '../texts/words.ts';
import { detailOf } from './detail.ts';

type Past = CaseView['past'][number];

function Item({ line, t }: { line: Past; t: Texts<typeof CASE_TEXTS> }) {
  const acts = useTexts(ACTS);
  const words = useTexts(WORDS);
  const detail = detailOf(line.detail, words);
  return (
    <>
      <strong>{acts.code(line.action)}</strong>
      <span className="quiet"> {line.actor === 'fudian' ? t('system') : line.actor}</span>
      {detail !== '' && <div className="quiet small">{detail}</div>}
    </>
  );
}

/** What is planned above, what happened below, the newest first: the line between them is now. */
export function Timeline({ view }: { view: CaseView }) {
  const t = useTexts(CASE_TEXTS);
  const words = useTexts(WORDS);
  // A decision stands in the list of decisions with its reasons.
  const past = view.past.filter(({ action }) => action !== 'decision.taken').toReversed();
  const planned = view.planned.toReversed();
  return (
    <div className="timeline">
      <Typography.Title level={2}>{t('planned')}</Typography.Title>
      {planned.length === 0 ? (
        <p className="quiet">{t('no-plan')}</p>
      ) : (
        <Line
          mode="start"
          titleSpan={150}
          items={planned.map(({ at, step }) => ({
            key: `${at} ${step}`,
            title: moment(at),
            color: '#9a4a00',
            content: <span className="planned-step">{words.code(`step.${step}`)}</span>,
          }))}
        />
      )}
      <Typography.Title level={2}>{t('timeline')}</Typography.Title>
      <Line
        mode="start"
        titleSpan={150}
        items={past.map((line, index) => ({
          key: `${line.at} ${index}`,
          title: moment(line.at),
          content: <Item line={line} t={t} />,
        }))}
      />
    </div>
  );
}
