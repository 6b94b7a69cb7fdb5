import { Table } from 'antd';
import { Link } from 'react-router';
import type { ManagementCases, ManagementReaders } from '../../../api/shapes/management.ts';
import { useNames } from '../../shared/api/use-names.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { MANAGEMENT_TEXTS } from '../texts/management.ts';
import { Nothing } from '../ui/nothing.tsx';
import { casesOf } from './numbers.ts';
import { casesAt } from './pictures.tsx';

const right = { align: 'right' } as const;
const bad = (n: number) => (n > 0 ? <strong className="bad-number">{n}</strong> : 0);

/** What stands and what waits, centre by centre; a number leads to its cases. */
export function CentreTable({ data }: { data: ManagementCases }) {
  const t = useTexts(MANAGEMENT_TEXTS);
  return (
    <section className="figure" aria-label={t('centres')}>
      <h2>{t('centres')}</h2>
      <Table
        size="small"
        pagination={false}
        rowKey="centreId"
        scroll={{ x: 'max-content' }}
        dataSource={data.centres}
        columns={[
          { title: t('centre'), dataIndex: 'name' },
          {
            title: t('open-cases'),
            key: 'cases',
            ...right,
            render: (_, { centreId }) => <Link to={casesAt({ centreId })}>{casesOf(data, centreId)}</Link>,
          },
          {
            title: t('approvals'),
            dataIndex: 'approvals',
            ...right,
            render: (n: number, { centreId }) =>
              n === 0 ? 0 : <Link to={casesAt({ stage: 'approval', centreId })}>{n}</Link>,
          },
          { title: t('stopped'), dataIndex: 'stopped', ...right },
          { title: t('late-now'), dataIndex: 'late', ...right, render: bad },
        ]}
      />
    </section>
  );
}

export function ReaderTable({ data }: { data: ManagementReaders }) {
  const t = useTexts(MANAGEMENT_TEXTS);
  const nameOf = useNames();
  const counted =
    (stage?: string) =>
    (n: number, { readerId, centreId }: { readerId: string; centreId: string }) =>
      n === 0 ? 0 : <Link to={casesAt({ readerId, centreId, stage })}>{n}</Link>;
  return (
    <section className="figure" aria-label={t('readers')}>
      <h2>{t('readers')}</h2>
      <p className="quiet small">{t('readers-lead')}</p>
      {data.readers.length === 0 ? (
        <Nothing what={t('readers-none')} />
      ) : (
        <Table
          size="small"
          pagination={{ pageSize: 15, hideOnSinglePage: true, showSizeChanger: false }}
          rowKey={({ centreId, readerId }) => `${centreId} ${readerId}`}
          scroll={{ x: 'max-content' }}
          dataSource={data.readers}
          columns={[
            { title: t('reader'), dataIndex: 'readerId', render: (id: string) => nameOf(id) },
            { title: t('open-cases'), dataIndex: 'cases', ...right, render: counted() },
            { title: t('to-serve'), dataIndex: 'toServe', ...right },
            { title: t('in-approval'), dataIndex: 'approval', ...right, render: counted('approval') },
            { title: t('held'), dataIndex: 'held', ...right, render: counted('held') },
            { title: t('tasks'), dataIndex: 'tasks', ...right },
            { title: t('overdue'), dataIndex: 'overdue', ...right, render: bad },
          ]}
        />
      )}
    </section>
  );
}
