import { useQuery } from '@tanstack/react-query';
import { Space, Tabs } from 'antd';
import { Link, useParams } from 'react-router';
import type { CaseView } from '../../../api/shapes/case.ts';
import { useApi } from '../../shared/api/context.tsx';
import { useNames } from '../../shared/api/use-names.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CASE_TEXTS } from '../texts/cases.ts';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { Mark, Word } from '../ui/parts.tsx';
import { CaseActions } from './case-actions.tsx';
import { CaseAudit } from './case-audit.tsx';
import { Decisions, Documents, Holds, Messages, Plans, WaitsFor } from './case-tables.tsx';
import { Timeline } from './timeline.tsx';

function Head({ view }: { view: CaseView }) {
  const t = useTexts(CASE_TEXTS);
  const nameOf = useNames();
  return (
    <Space wrap size="middle" className="case-head">
      {view.outcome === null ? (
        <Mark of="stage" code={view.stage} />
      ) : (
        <Mark of="outcome" code={view.outcome} />
      )}
      <Word of="category" code={view.category} />
      {view.attempt > 0 && <span>{t('attempt', { n: view.attempt })}</span>}
      <span>{t('case-time', { at: moment(view.nowAt) })}</span>
      <span>{t('launched', { who: nameOf(view.launchedBy) })}</span>
      <span>{t('policy', { version: view.policyVersion })}</span>
      <Link to={`/accounts/${view.accountNo}`}>{t('account')}</Link>
    </Space>
  );
}

/** One case: what happened, what is planned, why, and what can be done now. */
export default function CasePage() {
  const { caseId = '' } = useParams();
  const t = useTexts(CASE_TEXTS);
  const api = useApi();
  const query = useQuery({
    queryKey: ['case', caseId, t.lang],
    queryFn: () => api.get<CaseView>(`/cases/${encodeURIComponent(caseId)}`),
  });
  return (
    <Shown query={query}>
      {(view) => (
        <PageFrame title={`${view.customerName} · ${view.accountNo}`} lead={<Head view={view} />}>
          <div className="two-columns">
            <div>
              <Tabs
                items={[
                  { key: 'timeline', label: t('timeline'), children: <Timeline view={view} /> },
                  { key: 'decisions', label: t('decisions'), children: <Decisions view={view} /> },
                  { key: 'messages', label: t('messages'), children: <Messages view={view} /> },
                  { key: 'documents', label: t('documents'), children: <Documents view={view} /> },
                  { key: 'audit', label: t('audit'), children: <CaseAudit caseId={caseId} /> },
                ]}
              />
            </div>
            <aside aria-label={t('actions')}>
              <CaseActions view={view} />
              <WaitsFor view={view} />
              <Plans view={view} />
              <Holds view={view} />
            </aside>
          </div>
        </PageFrame>
      )}
    </Shown>
  );
}
