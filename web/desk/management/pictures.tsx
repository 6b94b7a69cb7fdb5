import { Table } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import type {
  ManagementCases,
  ManagementRecovered,
  ManagementRestorations,
} from '../../../api/shapes/management.ts';
import { serviceNowMs } from '../../shared/api/clock.ts';
import { civilDay, yuan } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { MANAGEMENT_TEXTS } from '../texts/management.ts';
import { WORDS } from '../texts/words.ts';
import { Nothing } from '../ui/nothing.tsx';
import { Money } from '../ui/parts.tsx';
import { Chart, CHART_COLOURS as C } from './chart.tsx';
import { byDay, byHours, byStage, casesOf, restoredOf } from './numbers.ts';

const HEIGHT_PX = 300;
const AXIS = { axisLine: { lineStyle: { color: C.line } }, axisLabel: { color: C.ink, hideOverlap: true } };
const VALUES = { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: C.line } } };
const GRID = { left: 8, right: 24, top: 24, bottom: 8, containLabel: true };

/** Where the cases are that a number counts. */
export const casesAt = (filter: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return `/cases?${new URLSearchParams(given as [string, string][]).toString()}`;
};

function Card({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section className="figure" aria-label={title}>
      <h2>{title}</h2>
      {lead !== undefined && <p className="quiet small">{lead}</p>}
      {children}
    </section>
  );
}

function AsTable({ children }: { children: ReactNode }) {
  const t = useTexts(MANAGEMENT_TEXTS);
  return (
    <details className="as-table">
      <summary>{t('table')}</summary>
      {children}
    </details>
  );
}

export function StagePicture({ data, centreId }: { data: ManagementCases; centreId: string | undefined }) {
  const t = useTexts(MANAGEMENT_TEXTS);
  const words = useTexts(WORDS);
  const navigate = useNavigate();
  const rows = useMemo(() => byStage(data), [data]);
  const option = useMemo(
    () => ({
      grid: GRID,
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: VALUES,
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map(({ stage }) => words.code(`stage.${stage}`)),
        ...AXIS,
      },
      series: [
        {
          type: 'bar',
          name: t('cases'),
          data: rows.map(({ cases }) => cases),
          itemStyle: { color: C.main },
          barMaxWidth: 18,
          label: { show: true, position: 'right', color: C.ink },
        },
      ],
    }),
    [rows, t, words],
  );
  const at = (stage: string): string => casesAt({ stage, centreId });
  if (casesOf(data) === 0)
    return (
      <Card title={t('stages')}>
        <Nothing what={t('stages-none')} now={t('stages-none-now')} />
      </Card>
    );
  return (
    <Card title={t('stages')}>
      <Chart
        option={option}
        label={t('stages')}
        heightPx={HEIGHT_PX + 60}
        onPick={(index) => void navigate(at(rows[index]?.stage ?? ''))}
      />
      <AsTable>
        <Table
          size="small"
          pagination={false}
          rowKey="stage"
          dataSource={rows}
          columns={[
            {
              title: t('stage'),
              dataIndex: 'stage',
              render: (stage: string) => words.code(`stage.${stage}`),
            },
            {
              title: t('cases'),
              dataIndex: 'cases',
              align: 'right',
              render: (n: number, { stage }) => (n === 0 ? 0 : <Link to={at(stage)}>{n}</Link>),
            },
          ]}
        />
      </AsTable>
    </Card>
  );
}

export function RecoveredPicture({ data, days }: { data: ManagementRecovered; days: number }) {
  const t = useTexts(MANAGEMENT_TEXTS);
  const rows = useMemo(
    () => byDay(data, days, civilDay(new Date(serviceNowMs()).toISOString())),
    [data, days],
  );
  const option = useMemo(
    () => ({
      grid: GRID,
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) => yuan(Math.round(Number(value) * 100)),
      },
      xAxis: { type: 'category', data: rows.map(({ day }) => day.slice(5)), ...AXIS },
      yAxis: { ...VALUES, minInterval: 0 },
      series: [
        {
          type: 'bar',
          name: t('sum-yuan'),
          data: rows.map(({ fen }) => fen / 100),
          itemStyle: { color: C.good },
          barMaxWidth: 22,
        },
      ],
    }),
    [rows, t],
  );
  return (
    <Card title={t('recovered')} lead={t('recovered-lead')}>
      <Chart option={option} label={t('recovered')} heightPx={HEIGHT_PX} />
      <AsTable>
        <Table
          size="small"
          pagination={false}
          rowKey="day"
          dataSource={rows.toReversed()}
          scroll={{ y: 300 }}
          columns={[
            { title: t('day'), dataIndex: 'day' },
            {
              title: t('sum'),
              dataIndex: 'fen',
              align: 'right',
              render: (fen: number) => <Money fen={fen} />,
            },
            { title: t('count'), dataIndex: 'payments', align: 'right' },
          ]}
        />
      </AsTable>
    </Card>
  );
}

export function RestorationPicture({ data }: { data: ManagementRestorations }) {
  const t = useTexts(MANAGEMENT_TEXTS);
  const navigate = useNavigate();
  const rows = useMemo(() => byHours(data), [data]);
  const { missed } = restoredOf(rows);
  const option = useMemo(
    () => ({
      grid: GRID,
      tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
      xAxis: {
        type: 'category',
        data: rows.map(({ withinHours }) => t.code(String(withinHours), 'took.')),
        ...AXIS,
        axisLabel: { ...AXIS.axisLabel, interval: 0, fontSize: 11 },
      },
      yAxis: VALUES,
      series: [
        {
          type: 'bar',
          name: t('restored'),
          barMaxWidth: 48,
          label: { show: true, position: 'top', color: C.ink },
          data: rows.map(({ withinHours, restored }) => ({
            value: restored,
            itemStyle: { color: withinHours > 24 ? C.bad : C.main },
          })),
        },
      ],
    }),
    [rows, t],
  );
  return (
    <Card title={t('restorations')} lead={t('restorations-lead')}>
      <Chart
        option={option}
        label={t('restorations')}
        heightPx={HEIGHT_PX}
        onPick={(index) => {
          if ((rows[index]?.withinHours ?? 0) > 24) void navigate('/management/late');
        }}
      />
      {missed > 0 && <Link to="/management/late">{t('see-late', { n: missed })}</Link>}
      <AsTable>
        <Table
          size="small"
          pagination={false}
          rowKey="withinHours"
          dataSource={rows}
          columns={[
            {
              title: t('took'),
              dataIndex: 'withinHours',
              render: (hours: number) => t.code(String(hours), 'took.'),
            },
            { title: t('restored'), dataIndex: 'restored', align: 'right' },
          ]}
        />
      </AsTable>
    </Card>
  );
}
