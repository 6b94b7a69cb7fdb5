import { Typography } from 'antd';
import type { CaseView } from '../../../api/shapes/case.ts';
import { useMe } from '../../shared/api/context.tsx';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { LEADERS } from '../../shared/roles.ts';
import { CASE_TEXTS } from '../texts/cases.ts';
import { OpenPaper } from '../ui/open-paper.tsx';
import { Mark } from '../ui/parts.tsx';
import { SaveFile } from '../ui/save-file.tsx';

const SEE_EVIDENCE: readonly string[] = [...LEADERS, 'auditor'];

/** What proves each stop, and the explanations of a late restoration. */
export function StopPapers({ view }: { view: CaseView }) {
  const t = useTexts(CASE_TEXTS);
  const { roles } = useMe();
  const seesEvidence = roles.some((role) => SEE_EVIDENCE.includes(role));
  if (view.stops.length === 0) return null;
  return (
    <section aria-label={t('stop-papers')}>
      <Typography.Title level={2}>{t('stop-papers')}</Typography.Title>
      <ul className="papers">
        {view.stops.map(({ stopId, occurredAt, classification, missed }) => {
          const path = `/stops/${encodeURIComponent(stopId)}`;
          return (
            <li key={stopId}>
              {moment(occurredAt)} <Mark of="class" code={classification} />
              {seesEvidence && (
                <>
                  <OpenPaper path={`${path}/evidence-summary.pdf`}>{t('evidence-summary')}</OpenPaper>
                  <SaveFile path={`${path}/evidence`} name={`evidence-${view.accountNo}.json`}>
                    {t('evidence-file')}
                  </SaveFile>
                </>
              )}
              {missed === true && (
                <>
                  <OpenPaper path={`${path}/miss-explanation.pdf`}>{t('miss-to-customer')}</OpenPaper>
                  <OpenPaper path={`${path}/miss-explanation.pdf?to=leader`}>{t('miss-to-leader')}</OpenPaper>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
