import { App, Button, Segmented, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ReportItem } from '../../../api/shapes/report.ts';
import { useAct } from '../../shared/api/use-act.ts';
import { useNames } from '../../shared/api/use-names.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { ROLE_TEXTS } from '../../shared/roles.ts';
import { LIST_TEXTS } from '../texts/list.ts';
import { REPORT_TEXTS } from '../texts/reports.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { usePages } from '../ui/use-pages.ts';

function Acknowledge({ report }: { report: ReportItem }) {
  const t = useTexts(REPORT_TEXTS);
  const nameOf = useNames();
  const { message } = App.useApp();
  const act = useAct<string, unknown>(
    (api, id, key) => api.post(`/reports/${encodeURIComponent(id)}/acknowledgements`, {}, key),
    { touches: [['reports']], onDone: () => void message.success(t('done')) },
  );
  if (report.acknowledgedAt !== null)
    return (
      <span className="quiet small">
        {t('seen-by', { who: nameOf(report.acknowledgedBy ?? ''), at: moment(report.acknowledgedAt) })}
      </span>
    );
  if (!report.mayAcknowledge) return null;
  return (
    <>
      <Button size="small" type="primary" loading={act.isPending} onClick={() => act.mutate(report.reportId)}>
        {t('acknowledge')}
      </Button>
      {act.error !== null && (
        <div role="alert">
          <strong>{act.error.title}</strong>
          <div>{act.error.whatNow}</div>
        </div>
      )}
    </>
  );
}

/** Reports upward, those that wait the longest first; seen, they climb no further (T2.2). */
export function Reports() {
  const t = useTexts(REPORT_TEXTS);
  const list = useTexts(LIST_TEXTS);
  const roles = useTexts(ROLE_TEXTS);
  const [state, setState] = useState<'waiting' | 'acknowledged'>('waiting');
  const pages = usePages<ReportItem>('reports', '/reports', { state });
  const columns: TableColumnsType<ReportItem> = [
    { title: t('since'), dataIndex: 'since', width: 170, render: (at: string) => moment(at) },
    {
      title: t('what'),
      key: 'what',
      render: (_, { subject, text }) => (
        <>
          <strong>{t.code(subject, 'subject.')}</strong>
          <div className="quiet small">{text}</div>
        </>
      ),
    },
    {
      title: list('account'),
      dataIndex: 'accountNo',
      width: 150,
      render: (no: string) => <Link to={`/service/${no}`}>{no}</Link>,
    },
    {
      title: t('to'),
      dataIndex: 'toRoles',
      render: (to: string[]) => to.map((role) => roles.code(role)).join('、'),
    },
    { key: 'act', title: '', width: 200, render: (_, report) => <Acknowledge report={report} /> },
  ];
  return (
    <>
      <Segmented
        aria-label={t('reports')}
        className="above"
        value={state}
        onChange={setState}
        options={[
          { value: 'waiting', label: t('waiting') },
          { value: 'acknowledged', label: t('acknowledged') },
        ]}
      />
      <List
        pages={pages}
        columns={columns}
        rowKey="reportId"
        label={t('reports')}
        empty={<Nothing what={t('none')} now={t('none-now')} />}
      />
    </>
  );
}
