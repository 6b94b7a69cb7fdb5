import { Typography } from 'antd';
import type { CaseView } from '../../../api/shapes/case.ts';
import { useNames } from '../../shared/api/use-names.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { ACTS } from '../texts/acts.ts';
import { CASE_TEXTS } from '../texts/cases.ts';
import { WORDS } from '../texts/words.ts';
import { detailOf } from './detail.ts';

type Past = CaseView['past'][number];

function Item({ line }: { line: Past }) {
  const nameOf = useNames();
  const acts = useTexts(ACTS);
  const words = useTexts(WORDS);
  const detail = detailOf(line.detail, words);
  return (
    <>
      <strong>{acts.code(line.action)}</strong>
      <span className="quiet"> {nameOf(line.actor)}</span>
      {detail !== '' && <div className="quiet small">{detail}</div>}
    </>
  );
}

/** What is planned, the next first; below it what happened, the newest first. */
export function Timeline({ view }: { view: CaseView }) {
  const t = useTexts(CASE_TEXTS);
  const words = useTexts(WORDS);
  // A decision stands in the list of decisions with its reasons.
  const past = view.past.filter(({ action }) => action !== 'decision.taken').toReversed();
  return (
    <>
      <Typography.Title level={2}>{t('planned')}</Typography.Title>
      {view.planned.length === 0 ? (
        <p className="quiet">{t('no-plan')}</p>
      ) : (
        <ol className="line planned">
          {view.planned.map(({ at, step }) => (
            <li key={`${at} ${step}`}>
              <time dateTime={at}>{moment(at)}</time>
              <span>{words.code(`step.${step}`)}</span>
            </li>
          ))}
        </ol>
      )}
      <Typography.Title level={2}>{t('timeline')}</Typography.Title>
      <ol className="line">
        {past.map((line, index) => (
          <li key={`${line.at} ${index}`}>
            <time dateTime={line.at}>{moment(line.at)}</time>
            <div>
              <Item line={line} />
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
