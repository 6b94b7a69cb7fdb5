import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Progress, Radio, Space, Table } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { CreditRun } from '../../../api/shapes/credit-run.ts';
import { useApi, useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CREDIT_TEXTS } from '../texts/credit.ts';
import { CREDIT_WORDS } from '../texts/credit-words.ts';
import { ActForm } from '../ui/act-form.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { Chip } from '../ui/parts.tsx';
import { CreditMark, CreditWord } from './parts.tsx';

const STARTERS = ['credit-officer', 'marketing-manager'];
const LOOK_MS = 2_000;

export const isOver = ({ status }: CreditRun): boolean => status === 'done' || status === 'cancelled';
const percent = ({ done, total }: CreditRun): number =>
  total === 0 ? 100 : Math.floor((done / total) * 100);

/** How far a run is, in a bar and in words. */
export function RunProgress({ run }: { run: CreditRun }) {
  const t = useTexts(CREDIT_TEXTS);
  return (
    <div className="run-progress">
      <Progress
        percent={percent(run)}
        size="small"
        status={isOver(run) ? 'normal' : 'active'}
        aria-label={t('progress')}
      />
      <span className="quiet small">{t('run-counts', { done: run.done, total: run.total })}</span>
    </div>
  );
}

/** Pause, resume, give up: between two stretches, so nothing is half judged. */
export function RunCommands({ run }: { run: CreditRun }) {
  const t = useTexts(CREDIT_TEXTS);
  const { modal } = App.useApp();
  const { roles, isWholeCompany } = useMe();
  const act = useAct<string, unknown>(
    (api, command, key) =>
      api.post(`/credit/runs/${encodeURIComponent(run.runId)}/command`, { command }, key),
    { touches: [['credit']] },
  );
  const may = isWholeCompany && [...STARTERS, 'operator'].some((role) => roles.includes(role));
  if (!may || isOver(run)) return null;
  const isPaused = run.status === 'paused';
  return (
    <Space>
      <Button size="small" loading={act.isPending} onClick={() => act.mutate(isPaused ? 'resume' : 'pause')}>
        {t(isPaused ? 'resume' : 'pause')}
      </Button>
      <Button
        size="small"
        danger
        onClick={() =>
          void modal.confirm({
            ...{ title: t('cancel-title'), content: t('cancel-lead'), okText: t('cancel-run') },
            ...{ cancelText: t('keep'), onOk: () => act.mutate('cancel') },
          })
        }
      >
        {t('cancel-run')}
      </Button>
    </Space>
  );
}

interface Wish {
  kind: 'grade' | 'score';
  month?: string;
}

function Start({ dry, onClose }: { dry: boolean; onClose: () => void }) {
  const t = useTexts(CREDIT_TEXTS);
  const words = useTexts(CREDIT_WORDS);
  const navigate = useNavigate();
  const act = useAct<Wish, { runId: string }>(
    (api, { kind, month }, key) =>
      api.post(
        '/credit/runs',
        { kind, dry, ...(month === undefined || month === '' ? {} : { month: `${month}-01` }) },
        key,
      ),
    {
      touches: [['credit']],
      onDone: ({ runId }) => {
        onClose();
        void navigate(`/credit/runs/${encodeURIComponent(runId)}`);
      },
    },
  );
  return (
    <ActForm<Wish>
      isOpen
      title={t(dry ? 'dry-run' : 'real-run')}
      lead={t(dry ? 'dry-lead' : 'real-lead')}
      verb={t(dry ? 'dry-run' : 'real-run')}
      isPending={act.isPending}
      error={act.error}
      initial={{ kind: 'grade' }}
      onCancel={onClose}
      onSend={(wish) => act.mutate(wish)}
    >
      <Form.Item name="kind" label={t('what')}>
        <Radio.Group
          options={(['grade', 'score'] as const).map((value) => ({
            value,
            label: words.code(`run.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="month" label={t('run-month')} help={t('run-month-help')}>
        <Input type="month" />
      </Form.Item>
    </ActForm>
  );
}

/** Runs of grading, the newest first: who is being judged, how far, and who would move before anyone does. */
export default function Runs() {
  const t = useTexts(CREDIT_TEXTS);
  const api = useApi();
  const { roles, isWholeCompany } = useMe();
  const [start, setStart] = useState<'dry' | 'real'>();
  const query = useQuery({
    queryKey: ['credit', 'runs'],
    queryFn: () => api.get<{ items: CreditRun[] }>('/credit/runs', { limit: 50 }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((run) => !isOver(run)) === true ? LOOK_MS : false,
  });
  const may = isWholeCompany && STARTERS.some((role) => roles.includes(role));
  return (
    <PageFrame
      title={t('runs')}
      lead={t('runs-lead')}
      extra={
        may && (
          <Space>
            <Button type="primary" onClick={() => setStart('dry')}>
              {t('dry-run')}
            </Button>
            <Button onClick={() => setStart('real')}>{t('real-run')}</Button>
          </Space>
        )
      }
    >
      <Shown query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing what={t('no-run')} now={t('no-run-now')} />
          ) : (
            <Table<CreditRun>
              size="middle"
              rowKey="runId"
              pagination={false}
              dataSource={items}
              scroll={{ x: 'max-content' }}
              columns={[
                {
                  title: t('run'),
                  key: 'run',
                  render: (_, run) => (
                    <>
                      <Link to={`/credit/runs/${encodeURIComponent(run.runId)}`}>
                        {run.month.slice(0, 7)} <CreditWord of="run" code={run.kind} />
                      </Link>{' '}
                      {run.dry && <Chip tone="note">{t('dry')}</Chip>}
                    </>
                  ),
                },
                { title: t('progress'), key: 'p', width: 230, render: (_, run) => <RunProgress run={run} /> },
                { title: t('up'), dataIndex: 'movedUp', align: 'right' },
                { title: t('down'), dataIndex: 'movedDown', align: 'right' },
                { title: t('queued'), dataIndex: 'queued', align: 'right' },
                { title: t('faults'), dataIndex: 'faults', align: 'right' },
                {
                  title: t('state'),
                  dataIndex: 'status',
                  render: (code: string) => <CreditMark of="run-status" code={code} />,
                },
                { title: t('started'), dataIndex: 'startedAt', render: (at: string) => moment(at) },
                { title: '', key: 'acts', render: (_, run) => <RunCommands run={run} /> },
              ]}
            />
          )
        }
      </Shown>
      {start !== undefined && <Start dry={start === 'dry'} onClose={() => setStart(undefined)} />}
    </PageFrame>
  );
}
