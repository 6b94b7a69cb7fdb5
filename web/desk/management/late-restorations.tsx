import { Segmented, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { LIST_TEXTS } from '../texts/list.ts';
import { MANAGEMENT_TEXTS } from '../texts/management.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { usePages } from '../ui/use-pages.ts';

interface Late {
  stopId: string;
  accountNo: string;
  causeAt: string;
  deadlineAt: string;
  restoredAt: string | null;
}

/** Whom the light came back to too late, or not yet (T3.3). */
export default function LateRestorations() {
  const t = useTexts(MANAGEMENT_TEXTS);
  const list = useTexts(LIST_TEXTS);
  const [state, setState] = useState<'open' | 'done'>('open');
  const pages = usePages<Late>('restorations', '/restorations', { state, missed: true });
  const columns: TableColumnsType<Late> = [
    {
      title: list('account'),
      dataIndex: 'accountNo',
      render: (no: string) => <Link to={`/service/${no}`}>{no}</Link>,
    },
    { title: t('cause'), dataIndex: 'causeAt', render: (at: string) => moment(at) },
    { title: t('deadline'), dataIndex: 'deadlineAt', render: (at: string) => moment(at) },
    { title: t('restored-at'), dataIndex: 'restoredAt', render: (at: string | null) => moment(at) },
  ];
  return (
    <PageFrame
      title={t('late-title')}
      lead={t('late-lead')}
      extra={<Link to="/management">{t('back')}</Link>}
    >
      <Segmented
        aria-label={t('late-title')}
        className="above"
        value={state}
        onChange={setState}
        options={[
          { value: 'open', label: t('late-open') },
          { value: 'done', label: t('late-done') },
        ]}
      />
      <List
        pages={pages}
        columns={columns}
        rowKey="stopId"
        label={t('late-title')}
        empty={<Nothing what={t('late-none')} now={t('late-none-now')} />}
      />
    </PageFrame>
  );
}
