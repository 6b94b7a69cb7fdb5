import { Segmented, Space, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PaperItem } from '../../../api/shapes/paper.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { LIST_TEXTS } from '../texts/list.ts';
import { REPORT_TEXTS } from '../texts/reports.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { OpenPaper } from '../ui/open-paper.tsx';
import { usePages } from '../ui/use-pages.ts';
import { Receipt } from './receipt.tsx';

/** Papers for an authority: opened, and their receipt recorded (L2.gov, T3.5). */
export function Papers() {
  const t = useTexts(REPORT_TEXTS);
  const list = useTexts(LIST_TEXTS);
  const [state, setState] = useState<'waiting' | 'received'>('waiting');
  const pages = usePages<PaperItem>('reports', '/papers', { state });
  const columns: TableColumnsType<PaperItem> = [
    { title: t('recorded'), dataIndex: 'recordedAt', width: 170, render: (at: string) => moment(at) },
    { title: t('what'), dataIndex: 'kind', render: (kind: string) => t.code(kind, 'paper.') },
    {
      title: list('account'),
      dataIndex: 'accountNo',
      width: 150,
      render: (no: string) => <Link to={`/accounts/${no}`}>{no}</Link>,
    },
    {
      title: t('submitted'),
      dataIndex: 'submittedAt',
      width: 170,
      render: (at: string | null) => moment(at),
    },
    {
      key: 'act',
      title: '',
      render: (_, paper) => (
        <Space wrap>
          <OpenPaper path={`/papers/${encodeURIComponent(paper.paperKey)}/document.pdf`}>
            {t('open')}
          </OpenPaper>
          <Receipt paper={paper} />
        </Space>
      ),
    },
  ];
  return (
    <>
      <Segmented
        aria-label={t('papers')}
        className="above"
        value={state}
        onChange={setState}
        options={[
          { value: 'waiting', label: t('papers-waiting') },
          { value: 'received', label: t('papers-received') },
        ]}
      />
      <List
        pages={pages}
        columns={columns}
        rowKey="paperKey"
        label={t('papers')}
        empty={<Nothing what={t('papers-none')} now={t('papers-none-now')} />}
      />
    </>
  );
}
