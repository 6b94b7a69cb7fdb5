import { Segmented, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { IncidentItem } from '../../../api/shapes/incident.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { INCIDENT_TEXTS } from '../texts/incidents.ts';
import { LIST_TEXTS } from '../texts/list.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Chip } from '../ui/parts.tsx';
import { usePages } from '../ui/use-pages.ts';
import { Owed } from './owed.tsx';

type State = 'open' | 'closed';

/** Wrongful stops, races and breaches with what each still owes (T3.4). */
export default function IncidentList() {
  const t = useTexts(INCIDENT_TEXTS);
  const list = useTexts(LIST_TEXTS);
  const [state, setState] = useState<State>('open');
  const pages = usePages<IncidentItem>('incidents', '/incidents', { state });
  const columns: TableColumnsType<IncidentItem> = [
    { title: t('occurred-at'), dataIndex: 'occurredAt', width: 160, render: (at: string) => moment(at) },
    {
      title: t('kind'),
      dataIndex: 'kind',
      width: 150,
      render: (kind: string) => <Chip tone={kind === 'race' ? 'warn' : 'bad'}>{t.code(kind, 'kind.')}</Chip>,
    },
    {
      title: list('customer'),
      key: 'customer',
      width: 140,
      render: (_, { incidentId, customerName }) => (
        <Link to={`/incidents/${encodeURIComponent(incidentId)}`}>{customerName}</Link>
      ),
    },
    { title: list('account'), dataIndex: 'accountNo', width: 150 },
    {
      title: t('why'),
      dataIndex: 'reasons',
      render: (reasons: IncidentItem['reasons']) => reasons.map(({ text }) => text).join('；'),
    },
    {
      title: t(state === 'open' ? 'still-owed' : 'closed'),
      key: 'owed',
      render: (_, incident) =>
        incident.closedAt === null ? <Owed incident={incident} /> : moment(incident.closedAt),
    },
  ];
  return (
    <PageFrame title={t('title')} lead={t('lead')}>
      <Segmented<State>
        aria-label={t('title')}
        className="above"
        value={state}
        onChange={setState}
        options={[
          { value: 'open', label: t('open') },
          { value: 'closed', label: t('closed') },
        ]}
      />
      <List
        pages={pages}
        columns={columns}
        rowKey="incidentId"
        label={t('title')}
        empty={<Nothing what={t(`none-${state}`)} now={t(`none-${state}-now`)} />}
      />
    </PageFrame>
  );
}
