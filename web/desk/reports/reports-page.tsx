import { Tabs } from 'antd';
import { useMe } from '../../shared/api/context.tsx';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { LEADERS } from '../../shared/roles.ts';
import { REPORT_TEXTS } from '../texts/reports.ts';
import { PageFrame } from '../ui/page-frame.tsx';
import { Papers } from './papers.tsx';
import { Reports } from './reports.tsx';

const SEE_REPORTS: readonly string[] = [...LEADERS, 'auditor'];
const SEE_PAPERS: readonly string[] = [
  'government-liaison',
  'centre',
  'station-head',
  'company-head',
  'auditor',
];

/** What was reported upward, and the papers that go to an authority. */
export default function ReportsPage() {
  const t = useTexts(REPORT_TEXTS);
  const { roles } = useMe();
  const sees = (those: readonly string[]): boolean => roles.some((role) => those.includes(role));
  return (
    <PageFrame title={t('title')} lead={t('lead')}>
      <Tabs
        items={[
          ...(sees(SEE_REPORTS) ? [{ key: 'reports', label: t('reports'), children: <Reports /> }] : []),
          ...(sees(SEE_PAPERS) ? [{ key: 'papers', label: t('papers'), children: <Papers /> }] : []),
        ]}
      />
    </PageFrame>
  );
}
