import { Segmented, Typography, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AlarmItem } from '../../../api/shapes/operations.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { OPERATIONS_TEXTS } from '../texts/operations.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { usePages } from '../ui/use-pages.ts';
import { inWords } from './in-words.ts';

function About({ alarm }: { alarm: AlarmItem }) {
  const t = useTexts(OPERATIONS_TEXTS);
  const { accountNo, caseId, subjectId, detail } = alarm;
  return (
    <>
      {accountNo ?? <code>{subjectId}</code>}
      <div className="quiet small">{inWords(detail)}</div>
      {caseId !== null && (
        <div>
          <Link to={`/cases/${encodeURIComponent(caseId)}`}>{t('open-case')}</Link>
        </div>
      )}
    </>
  );
}

/** What is late or stuck, with what to do; it clears itself once it is mended. */
export function Alarms() {
  const t = useTexts(OPERATIONS_TEXTS);
  const [state, setState] = useState<'standing' | 'cleared'>('standing');
  const pages = usePages<AlarmItem>('alarms', '/alarms', { state });
  const columns: TableColumnsType<AlarmItem> = [
    { title: t('raised'), dataIndex: 'raisedAt', width: 160, render: (at: string) => moment(at) },
    {
      title: t('what'),
      dataIndex: 'kind',
      width: 210,
      render: (kind: string) => <strong>{t.code(kind, 'alarm.')}</strong>,
    },
    { title: t('about'), key: 'about', render: (_, alarm) => <About alarm={alarm} /> },
    state === 'standing'
      ? { title: t('to-do'), dataIndex: 'kind', key: 'do', render: (kind: string) => t.code(kind, 'do.') }
      : {
          title: t('cleared-at'),
          dataIndex: 'clearedAt',
          width: 160,
          render: (at: string | null) => moment(at),
        },
  ];
  return (
    <>
      <Typography.Title level={2}>{t('alarms')}</Typography.Title>
      <Segmented
        aria-label={t('alarms')}
        className="above"
        value={state}
        onChange={setState}
        options={[
          { value: 'standing', label: t('standing') },
          { value: 'cleared', label: t('cleared') },
        ]}
      />
      <List
        pages={pages}
        columns={columns}
        rowKey="alarmId"
        label={t('alarms')}
        empty={<Nothing what={t(`none-${state}`)} now={t(`none-${state}-now`)} />}
      />
    </>
  );
}
