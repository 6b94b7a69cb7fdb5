import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Table, Typography } from 'antd';
import { useEffect } from 'react';
import type { Diagnosis } from '../../../api/shapes/operations.ts';
import { useApi } from '../../shared/api/context.tsx';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { OPERATIONS_TEXTS } from '../texts/operations.ts';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { Chip } from '../ui/parts.tsx';
import { Alarms } from './alarms.tsx';

const LOOK_EVERY_MS = 60_000;

type Finding = Diagnosis['findings'][number];

function Parts({ findings }: { findings: readonly Finding[] }) {
  const t = useTexts(OPERATIONS_TEXTS);
  const ill = findings.filter(({ ok }) => !ok);
  return (
    <>
      <Alert
        showIcon
        type={ill.length === 0 ? 'success' : 'error'}
        title={ill.length === 0 ? t('all-well', { n: findings.length }) : t('some-ill', { n: ill.length })}
        description={
          ill.length > 0 && (
            <ul className="reasons">
              {ill.map(({ what, detail, advice }) => (
                <li key={what}>
                  <strong>{t.code(what, 'part.')}</strong>{' '}
                  {what === 'alarms' ? t('see-alarms') : `${detail} ${advice}`}
                </li>
              ))}
            </ul>
          )
        }
      />
      <Alarms />
      <Typography.Title level={2}>{t('parts')}</Typography.Title>
      <section aria-label={t('parts')}>
        <Table<Finding>
          size="small"
          pagination={false}
          rowKey="what"
          dataSource={[...ill, ...findings.filter(({ ok }) => ok)]}
          scroll={{ x: 'max-content' }}
          columns={[
            {
              title: t('part'),
              dataIndex: 'what',
              width: 180,
              render: (what: string) => t.code(what, 'part.'),
            },
            {
              key: 'ok',
              width: 100,
              title: t('state'),
              render: (_, { ok }) => (
                <Chip tone={ok ? 'good' : 'bad'}>{t(ok ? 'state.ok' : 'state.ill')}</Chip>
              ),
            },
            {
              title: t('found'),
              key: 'detail',
              render: (_, { code, what, detail }) =>
                code === 'fine' ? '' : what === 'alarms' ? t('see-alarms') : detail,
            },
            {
              title: t('advice'),
              key: 'advice',
              render: (_, { what, advice }) => (what === 'alarms' ? '' : advice),
            },
          ]}
        />
      </section>
    </>
  );
}

/** Whoever looks after the service: what needs attention now, every part of it, and the alarms. */
export default function Operations() {
  const t = useTexts(OPERATIONS_TEXTS);
  const api = useApi();
  const query = useQuery({
    queryKey: ['operations', 'diagnosis', t.lang],
    queryFn: () => api.get<Diagnosis>('/diagnosis'),
    refetchInterval: LOOK_EVERY_MS,
  });
  const client = useQueryClient();
  useEffect(() => {
    // One look at everything: the alarms are as fresh as the parts.
    if (query.dataUpdatedAt > 0) void client.invalidateQueries({ queryKey: ['alarms'] });
  }, [client, query.dataUpdatedAt]);
  return (
    <PageFrame
      title={t('title')}
      lead={t('lead')}
      extra={
        <Button loading={query.isFetching} onClick={() => void query.refetch()}>
          {t('look-again')}
        </Button>
      }
    >
      <Shown query={query}>{({ findings }) => <Parts findings={findings} />}</Shown>
    </PageFrame>
  );
}
