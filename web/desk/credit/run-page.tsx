import { useQuery } from '@tanstack/react-query';
import { Space, Statistic, Typography, type TableColumnsType } from 'antd';
import { Link, useParams } from 'react-router';
import type { CreditRun, DryMove, RunFault } from '../../../api/shapes/credit-run.ts';
import { useApi } from '../../shared/api/context.tsx';
import { useTexts, type Texts } from '../../shared/i18n/use-texts.ts';
import { CREDIT_TEXTS } from '../texts/credit.ts';
import { CREDIT_WORDS } from '../texts/credit-words.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { usePages } from '../ui/use-pages.ts';
import { CreditMark } from './parts.tsx';
import { isOver, RunCommands, RunProgress } from './runs.tsx';

const Account = ({ no }: { no: string }) => <Link to={`/credit/files/${encodeURIComponent(no)}`}>{no}</Link>;

type T = Texts<typeof CREDIT_TEXTS>;

const Move = ({ from, to }: { from: string | null; to: string | null }) =>
  from === to || from === null ? (
    <CreditMark of="value" code={to ?? ''} />
  ) : (
    <>
      <CreditMark of="value" code={from} /> → <CreditMark of="value" code={to ?? ''} />
    </>
  );

const gradeColumns = (t: T): TableColumnsType<DryMove> => [
  {
    title: t('grade'),
    key: 'grade',
    render: (_, { fromGrade, toGrade }) => <Move from={fromGrade} to={toGrade} />,
  },
  {
    title: t('colour'),
    key: 'colour',
    render: (_, { fromColour, toColour }) => <Move from={fromColour} to={toColour} />,
  },
];

const scoreColumns = (t: T): TableColumnsType<DryMove> => [
  {
    title: t('score'),
    key: 'score',
    render: (_, { fromScore, toScore }) => <Move from={fromScore} to={toScore} />,
  },
];

function Moves({ run }: { run: CreditRun }) {
  const t = useTexts(CREDIT_TEXTS);
  const path = `/credit/runs/${encodeURIComponent(run.runId)}/moves`;
  const pages = usePages<DryMove>('credit', path, { done: run.status });
  return (
    <>
      <Typography.Title level={2}>{t('who-would-move')}</Typography.Title>
      <List
        pages={pages}
        rowKey="accountNo"
        label={t('who-would-move')}
        empty={<Nothing what={t('nobody-moves')} />}
        columns={[
          { title: t('account-no'), dataIndex: 'accountNo', render: (no: string) => <Account no={no} /> },
          ...(run.kind === 'score' ? scoreColumns(t) : gradeColumns(t)),
          { title: t('why'), key: 'why', render: (_, { why }) => why[t.lang] },
        ]}
      />
    </>
  );
}

function Faults({ run }: { run: CreditRun }) {
  const t = useTexts(CREDIT_TEXTS);
  const path = `/credit/runs/${encodeURIComponent(run.runId)}/faults`;
  const pages = usePages<RunFault>('credit', path);
  if (run.faults === 0) return null;
  return (
    <>
      <Typography.Title level={2}>{t('faults')}</Typography.Title>
      <List
        pages={pages}
        rowKey="accountNo"
        label={t('faults')}
        empty={<Nothing what={t('none')} />}
        columns={[
          { title: t('account-no'), dataIndex: 'accountNo', render: (no: string) => <Account no={no} /> },
          { title: t('why'), dataIndex: 'error' },
        ]}
      />
    </>
  );
}

/** One run: how far it is, and of a dry one who would move and why. */
export default function RunPage() {
  const { runId = '' } = useParams();
  const t = useTexts(CREDIT_TEXTS);
  const words = useTexts(CREDIT_WORDS);
  const api = useApi();
  const query = useQuery({
    queryKey: ['credit', 'run', runId],
    queryFn: () => api.get<CreditRun>(`/credit/runs/${encodeURIComponent(runId)}`),
    refetchInterval: ({ state }) => (state.data !== undefined && isOver(state.data) ? false : 1_000),
    // The run opens a moment after it was asked for.
    retry: 10,
    retryDelay: 500,
  });
  return (
    <Shown query={query}>
      {(run) => (
        <PageFrame
          title={`${run.month.slice(0, 7)} ${words.code(`run.${run.kind}`)}${run.dry ? ` · ${t('dry')}` : ''}`}
          lead={
            <Space wrap size="large">
              <CreditMark of="run-status" code={run.status} />
              <span>{t('as-of', { day: run.asOf })}</span>
              <span>{t('policy', { version: run.policyVersion })}</span>
            </Space>
          }
          extra={<RunCommands run={run} />}
        >
          <RunProgress run={run} />
          <Space size="large" wrap className="above">
            <Statistic title={t('up')} value={run.movedUp} />
            <Statistic title={t('down')} value={run.movedDown} />
            <Statistic title={t('queued')} value={run.queued} />
            <Statistic title={t('faults')} value={run.faults} />
          </Space>
          {run.dry ? (
            <Moves run={run} />
          ) : (
            run.queued > 0 && (
              <p>
                <Link to="/credit/matters?of=downgrades">{t('to-queue', { n: run.queued })}</Link>
              </p>
            )
          )}
          <Faults run={run} />
        </PageFrame>
      )}
    </Shown>
  );
}
