import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Space, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ReconciliationItem } from '../../../api/shapes/operations.ts';
import { useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { useNames } from '../../shared/api/use-names.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { Broken } from '../../shared/ui/broken.tsx';
import { RECONCILE_TEXTS } from '../texts/operations.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Chip } from '../ui/parts.tsx';
import { usePages } from '../ui/use-pages.ts';
import { Counts } from './counts.tsx';
import { useLookAgain } from './use-look-again.ts';

function Start({ onStarted }: { onStarted: () => void }) {
  const t = useTexts(RECONCILE_TEXTS);
  const { message, modal } = App.useApp();
  const act = useAct<boolean, unknown>((api, dryRun, key) => api.post('/reconciliations', { dryRun }, key), {
    touches: [['reconciliations']],
    onDone: () => {
      onStarted();
      void message.success(t('started'));
    },
  });
  return (
    <>
      <Space>
        <Button type="primary" loading={act.isPending} onClick={() => act.mutate(true)}>
          {t('dry')}
        </Button>
        <Button
          onClick={() =>
            void modal.confirm({
              ...{ title: t('mend-title'), content: t('mend-lead'), okText: t('mend') },
              ...{ cancelText: t('keep'), onOk: () => act.mutate(false) },
            })
          }
        >
          {t('mend')}
        </Button>
      </Space>
      {act.error !== null && <Broken problem={act.error} />}
    </>
  );
}

/** Comparisons of the books with everything around them, the newest first. */
export default function Reconciliations() {
  const t = useTexts(RECONCILE_TEXTS);
  const nameOf = useNames();
  const client = useQueryClient();
  const { roles } = useMe();
  const [hasStarted, setStarted] = useState(false);
  const pages = usePages<ReconciliationItem>('reconciliations', '/reconciliations');
  const isOperator = roles.includes('operator');
  const isRunning = pages.items.some(({ finishedAt }) => finishedAt === null);
  // Its books open a moment after it was asked for.
  useLookAgain(hasStarted || isRunning, () => {
    if (hasStarted && isRunning) setStarted(false);
    void client.invalidateQueries({ queryKey: ['reconciliations'] });
  });
  const columns: TableColumnsType<ReconciliationItem> = [
    {
      title: t('when'),
      key: 'when',
      width: 230,
      render: (_, { reconciliationId, startedAt, dryRun }) => (
        <>
          <Link to={`/reconciliations/${encodeURIComponent(reconciliationId)}`}>{moment(startedAt)}</Link>{' '}
          {dryRun && <Chip tone="note">{t('dry-chip')}</Chip>}
        </>
      ),
    },
    { title: t('by'), dataIndex: 'askedBy', width: 130, render: nameOf },
    {
      title: t('finished'),
      dataIndex: 'finishedAt',
      width: 170,
      render: (at: string | null) => (at === null ? <Chip tone="warn">{t('running')}</Chip> : moment(at)),
    },
    {
      title: t('compared'),
      dataIndex: 'parts',
      render: (parts: ReconciliationItem['parts']) =>
        Object.entries(parts)
          .map(([part, n]) => `${t.code(part, 'part.')} ${n === 'failed' ? t('failed') : n}`)
          .join(' · '),
    },
    { title: t('differences'), key: 'counts', render: (_, run) => <Counts run={run} /> },
  ];
  return (
    <PageFrame
      title={t('title')}
      lead={t('lead')}
      extra={isOperator && <Start onStarted={() => setStarted(true)} />}
    >
      <List
        pages={pages}
        columns={columns}
        rowKey="reconciliationId"
        label={t('title')}
        empty={<Nothing what={t('none')} now={t(isOperator ? 'none-now' : 'none-look')} />}
      />
    </PageFrame>
  );
}
