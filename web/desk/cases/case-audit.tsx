import { useQuery } from '@tanstack/react-query';
import { Alert, Table } from 'antd';
import type { AuditPage } from '../../../api/shapes/audit.ts';
import { useApi, useMe } from '../../shared/api/context.tsx';
import { useNames } from '../../shared/api/use-names.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { LEADERS } from '../../shared/roles.ts';
import { ACTS } from '../texts/acts.ts';
import { CASE_TEXTS } from '../texts/cases.ts';
import { Nothing } from '../ui/nothing.tsx';
import { Shown } from '../ui/page-frame.tsx';

const SEE: readonly string[] = [...LEADERS, 'auditor'];
const LINES = 200;

/** The hash-linked history as it is stored, with a look at the whole chain. */
export function CaseAudit({ caseId }: { caseId: string }) {
  const t = useTexts(CASE_TEXTS);
  const acts = useTexts(ACTS);
  const api = useApi();
  const nameOf = useNames();
  const { roles } = useMe();
  const may = roles.some((role) => SEE.includes(role));
  const query = useQuery({
    queryKey: ['case', caseId, 'audit'],
    enabled: may,
    queryFn: () => api.get<AuditPage>(`/cases/${encodeURIComponent(caseId)}/audit`, { limit: LINES }),
  });
  if (!may) return <Nothing what={t('audit-not-yours')} />;
  return (
    <Shown query={query}>
      {({ items, chain }) => (
        <>
          <Alert
            showIcon
            type={chain.intact ? 'success' : 'error'}
            title={
              chain.intact
                ? t('audit-intact', { n: chain.lines })
                : t('audit-broken', { n: chain.brokenAt ?? 0 })
            }
          />
          <Table
            size="small"
            pagination={false}
            rowKey="n"
            dataSource={items}
            columns={[
              { title: '#', dataIndex: 'n', width: 50 },
              { title: t('when'), dataIndex: 'occurredAt', width: 160, render: (at: string) => moment(at) },
              { title: t('what'), dataIndex: 'action', render: (code: string) => acts.code(code) },
              { title: t('who'), dataIndex: 'actor', render: nameOf },
              {
                title: 'SHA-256',
                dataIndex: 'hash',
                render: (hash: string) => <code title={hash}>{hash.slice(0, 12)}…</code>,
              },
            ]}
          />
        </>
      )}
    </Shown>
  );
}
