import { Button, Segmented, Space, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { TaskItem } from '../../../api/shapes/task.ts';
import { useMe } from '../../shared/api/context.tsx';
import { civilDay, moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { certificatePath } from '../credit/certificate-path.ts';
import { ServeLetter } from '../credit/serve-letter.tsx';
import { TaskAct } from '../finish/task-act.tsx';
import { LIST_TEXTS } from '../texts/list.ts';
import { WORK_TEXTS } from '../texts/work.ts';
import { Due } from '../ui/due.tsx';
import { List } from '../ui/list.tsx';
import { OpenPaper } from '../ui/open-paper.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Chip, Word } from '../ui/parts.tsx';
import { useNowMs } from '../ui/use-now.ts';
import { usePages } from '../ui/use-pages.ts';
import { StoppedWatch } from './stopped-watch.tsx';

const LOOK_EVERY_MS = 30_000;
const IMPORTERS = ['reader', 'centre'];
const LAUNCHERS = ['reader', 'centre', 'team-leader'];

/** What somebody without work can do, of what their roles may do. */
function nextStep(roles: readonly string[]) {
  if (IMPORTERS.some((role) => roles.includes(role))) return 'none-now' as const;
  return LAUNCHERS.some((role) => roles.includes(role)) ? ('none-launch' as const) : ('none-wait' as const);
}

function What({ task }: { task: TaskItem }) {
  const t = useTexts(WORK_TEXTS);
  const now = new Date(useNowMs(task.nowAt, LOOK_EVERY_MS)).toISOString();
  const isLastDay = task.kind === 'serve-red' && civilDay(task.dueAt) === civilDay(now);
  return (
    <>
      <strong>
        <Word of="task" code={task.kind} />
      </strong>
      {isLastDay && <Chip tone="bad">{t('lost-today')}</Chip>}
      {task.notBefore > now && <div className="quiet">{t('not-before', { at: moment(task.notBefore) })}</div>}
    </>
  );
}

/** Where the matter of a task lies. */
function Where({ task: { kind, ref, accountNo, caseId } }: { task: TaskItem }) {
  const t = useTexts(WORK_TEXTS);
  if (kind === 'credit-draw-award')
    return (
      <>
        <OpenPaper path={certificatePath(accountNo, ref.slice(ref.lastIndexOf('/') + 1))}>
          {t('certificate')}
        </OpenPaper>
        <Link to={`/credit/files/${accountNo}`}>{t('open-credit')}</Link>
      </>
    );
  if (kind === 'serve-credit-letter')
    return (
      <>
        <ServeLetter letterId={ref} />
        <OpenPaper path={`/credit/letters/${encodeURIComponent(ref)}/document.pdf`}>
          {t('print-letter')}
        </OpenPaper>
      </>
    );
  if (caseId === null) return <Link to={`/service/${accountNo}`}>{t('open-customer')}</Link>;
  return <Link to={`/cases/${caseId}`}>{t('open')}</Link>;
}

function Tasks() {
  const t = useTexts(WORK_TEXTS);
  const list = useTexts(LIST_TEXTS);
  const { roles } = useMe();
  const [isMine, setMine] = useState(false);
  const pages = usePages<TaskItem>('tasks', '/tasks', { mine: isMine || undefined });
  const columns: TableColumnsType<TaskItem> = [
    {
      title: t('due'),
      dataIndex: 'dueAt',
      width: 170,
      render: (at: string, { nowAt }) => <Due at={at} nowAt={nowAt} />,
    },
    { title: t('what'), key: 'what', width: 260, render: (_, task) => <What task={task} /> },
    {
      title: list('account'),
      dataIndex: 'accountNo',
      width: 150,
      render: (no: string) => <Link to={`/accounts/${no}`}>{no}</Link>,
    },
    { title: list('customer'), dataIndex: 'customerName', width: 120 },
    { title: list('address'), dataIndex: 'address', ellipsis: true },
    {
      key: 'open',
      title: '',
      width: 200,
      render: (_, task) => (
        <Space wrap>
          <TaskAct task={task} />
          <Where task={task} />
        </Space>
      ),
    },
  ];
  return (
    <>
      <Segmented
        aria-label={t('tasks')}
        value={isMine ? 'mine' : 'all'}
        onChange={(value) => setMine(value === 'mine')}
        options={[
          { value: 'all', label: t('all-mine') },
          { value: 'mine', label: t('mine') },
        ]}
        className="above"
      />
      <List
        pages={pages}
        columns={columns}
        rowKey="taskId"
        label={t('tasks')}
        empty={<Nothing what={t('none')} now={t(nextStep(roles))} />}
      />
    </>
  );
}

/** What has to be done now, and whose supply is off. */
export default function Today() {
  const t = useTexts(WORK_TEXTS);
  const { roles } = useMe();
  const has = (those: readonly string[]): boolean => those.some((role) => roles.includes(role));
  return (
    <PageFrame
      title={t('title')}
      lead={t('lead')}
      extra={
        <Space>
          {has(IMPORTERS) && (
            <Link to="/imports">
              <Button tabIndex={-1}>{t('import')}</Button>
            </Link>
          )}
          {has(LAUNCHERS) && (
            <Link to="/launch">
              <Button type="primary" tabIndex={-1}>
                {t('launch')}
              </Button>
            </Link>
          )}
        </Space>
      }
    >
      <Tasks />
      <StoppedWatch />
    </PageFrame>
  );
}
