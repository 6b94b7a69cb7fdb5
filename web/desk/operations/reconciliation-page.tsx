import { useQuery } from '@tanstack/react-query';
import { Space, type TableColumnsType } from 'antd';
import { useParams } from 'react-router';
import type { DifferenceItem, ReconciliationItem } from '../../../api/shapes/operations.ts';
import { useApi } from '../../shared/api/context.tsx';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { RECONCILE_TEXTS } from '../texts/operations.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { Chip } from '../ui/parts.tsx';
import { usePages } from '../ui/use-pages.ts';
import { Counts, TONE_OF_ACTION } from './counts.tsx';
import { inWords } from './in-words.ts';
import { useLookAgain } from './use-look-again.ts';

function Differences({ run }: { run: ReconciliationItem }) {
  const t = useTexts(RECONCILE_TEXTS);
  const path = `/reconciliations/${encodeURIComponent(run.reconciliationId)}/differences`;
  const pages = usePages<DifferenceItem>('reconciliations', path);
  const columns: TableColumnsType<DifferenceItem> = [
    {
      title: t('kind'),
      dataIndex: 'kind',
      width: 220,
      render: (kind: string) => <strong>{t.code(kind, 'kind.')}</strong>,
    },
    {
      title: t('subject'),
      key: 'subject',
      render: (_, { accountNo, subjectId, detail }) => (
        <>
          {accountNo ?? <code>{subjectId}</code>}
          <div className="quiet small">{inWords(detail)}</div>
        </>
      ),
    },
    {
      title: t('action'),
      dataIndex: 'action',
      width: 140,
      render: (action: string) => (
        <Chip tone={TONE_OF_ACTION[action] ?? 'plain'}>{t.code(action, 'action.')}</Chip>
      ),
    },
  ];
  return (
    <List
      pages={pages}
      columns={columns}
      rowKey={({ kind, subjectId }) => `${kind} ${subjectId}`}
      label={t('differences')}
      empty={<Nothing what={t('no-differences')} now={t('no-differences-now')} />}
    />
  );
}

/** One comparison: what differed, and what was done about it. */
export default function ReconciliationPage() {
  const { reconciliationId = '' } = useParams();
  const t = useTexts(RECONCILE_TEXTS);
  const api = useApi();
  const query = useQuery({
    queryKey: ['reconciliations', reconciliationId],
    queryFn: () => api.get<ReconciliationItem>(`/reconciliations/${encodeURIComponent(reconciliationId)}`),
  });
  useLookAgain(query.data?.finishedAt === null, () => void query.refetch());
  return (
    <Shown query={query}>
      {(run) => (
        <PageFrame
          title={t('one', { at: moment(run.startedAt) })}
          lead={
            <Space wrap>
              {run.dryRun && <Chip tone="note">{t('dry-chip')}</Chip>}
              {run.finishedAt === null && <Chip tone="warn">{t('running')}</Chip>}
              <Counts run={run} />
            </Space>
          }
        >
          <Differences key={run.finishedAt} run={run} />
        </PageFrame>
      )}
    </Shown>
  );
}
