import { Table, Typography } from 'antd';
import { Link } from 'react-router';
import type { CaseView } from '../../../api/shapes/case.ts';
import { useNames } from '../../shared/api/use-names.ts';
import { moment, yuan } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { ROLE_TEXTS } from '../../shared/roles.ts';
import { EndHold } from '../finish/end-hold.tsx';
import { TaskAct } from '../finish/task-act.tsx';
import { CASE_TEXTS } from '../texts/cases.ts';
import { QUESTIONS } from '../texts/questions.ts';
import { Due } from '../ui/due.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { OpenPaper } from '../ui/open-paper.tsx';
import { Mark, Reasons, Word } from '../ui/parts.tsx';
import { StopPapers } from './stop-papers.tsx';

const plain = { size: 'small', pagination: false } as const;

/** Every decision, the newest first, with all reasons and their clauses. */
export function Decisions({ view }: { view: CaseView }) {
  const t = useTexts(CASE_TEXTS);
  const questions = useTexts(QUESTIONS);
  if (view.decisions.length === 0) return <Nothing what={t('decisions-none')} />;
  return (
    <ul className="decisions">
      {view.decisions.toReversed().map((one, index) => (
        <li key={`${one.occurredAt} ${one.question} ${index}`}>
          <Mark of="verdict" code={one.outcome} />
          <strong>{questions.code(one.question)}</strong>
          <span className="quiet small">
            {' '}
            {moment(one.occurredAt)} · {t('rules', { version: one.rulebookVersion })}
          </span>
          <Reasons reasons={one.reasons} />
        </li>
      ))}
    </ul>
  );
}

export function Messages({ view }: { view: CaseView }) {
  const t = useTexts(CASE_TEXTS);
  if (view.messages.length === 0) return <Nothing what={t('messages-none')} />;
  return (
    <Table
      {...plain}
      rowKey="messageId"
      dataSource={view.messages.toReversed()}
      columns={[
        { title: t('when'), dataIndex: 'occurredAt', render: (at: string) => moment(at) },
        {
          title: t('what'),
          key: 'what',
          render: (_, { channel, purpose }) => (
            <>
              <Word of="channel" code={channel} /> · <Word of="purpose" code={purpose} />
            </>
          ),
        },
        {
          title: t('status'),
          key: 'status',
          render: (_, { status, failure }) => (
            <>
              <Mark of="message" code={status} /> {failure}
            </>
          ),
        },
        { title: t('delivered'), dataIndex: 'deliveredAt', render: (at: string | null) => moment(at) },
        { title: t('answered'), dataIndex: 'answeredAt', render: (at: string | null) => moment(at) },
      ]}
    />
  );
}

function NoticeRows({ view }: { view: CaseView }) {
  const t = useTexts(CASE_TEXTS);
  return (
    <Table
      {...plain}
      rowKey="noticeId"
      dataSource={view.notices.toReversed()}
      columns={[
        {
          title: t('what'),
          key: 'what',
          render: (_, { kind, attempt }) => (
            <span className={`paper-${kind}`}>
              <Word of="notice" code={kind} /> {attempt > 0 && t('attempt', { n: attempt })}
            </span>
          ),
        },
        {
          title: t('sum'),
          dataIndex: 'sumFen',
          render: (fen: number) => <span className="money">{yuan(fen)}</span>,
        },
        {
          title: t('status'),
          key: 'status',
          render: (_, { status, servedAt }) => (
            <>
              <Mark of="notice-status" code={status} /> {servedAt !== null && moment(servedAt)}
            </>
          ),
        },
        {
          key: 'print',
          title: '',
          render: (_, { noticeId, kind }) => (
            <>
              <OpenPaper path={`/notices/${encodeURIComponent(noticeId)}/document.pdf`}>
                {t('print')}
              </OpenPaper>
              {kind !== 'first-dunning' && (
                <OpenPaper path={`/notices/${encodeURIComponent(noticeId)}/service-sheet.pdf`}>
                  {t('service-sheet')}
                </OpenPaper>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

/** Notices, approvals and tickets; each opens as the paper that it is. */
export function Documents({ view }: { view: CaseView }) {
  const t = useTexts(CASE_TEXTS);
  if (view.notices.length + view.tickets.length + view.approvals.length === 0)
    return <Nothing what={t('documents-none')} />;
  return (
    <>
      <NoticeRows view={view} />
      <ul className="papers">
        {view.approvals.map(({ approvalId, attempt, status }) => (
          <li key={approvalId}>
            <Link to={`/approvals/${encodeURIComponent(approvalId)}`}>
              {t('approval-sheet')} · {t('attempt', { n: attempt })}
            </Link>{' '}
            <Mark of="approval" code={status} />
          </li>
        ))}
        {view.tickets.map(({ ticketId, kind, status, plannedFrom }) => (
          <li key={ticketId}>
            <Word of="ticket" code={kind} /> {moment(plannedFrom)} <Mark of="ticket-status" code={status} />
            <OpenPaper path={`/tickets/${encodeURIComponent(ticketId)}/document.pdf`}>{t('print')}</OpenPaper>
          </li>
        ))}
      </ul>
      <StopPapers view={view} />
    </>
  );
}

export function Plans({ view }: { view: CaseView }) {
  const t = useTexts(CASE_TEXTS);
  if (view.plans.length === 0) return null;
  return (
    <>
      <Typography.Title level={2}>{t('plans')}</Typography.Title>
      <ul className="papers">
        {view.plans.toReversed().map((plan) => (
          <li key={plan.attempt}>
            {t('attempt', { n: plan.attempt })} <Mark of="plan" code={plan.status} />
            <div>
              {plan.stopAt === null
                ? plan.candidates.map(({ stopDate }) => stopDate).join('、')
                : moment(plan.stopAt)}
            </div>
            <div className="quiet small">{t('named-debt', { sum: yuan(plan.namedPrincipalFen) })}</div>
            {plan.slipReason !== null && (
              <div className="quiet small">{t('slipped', { why: plan.slipReason })}</div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a person has to do before the case goes on. */
export function WaitsFor({ view }: { view: CaseView }) {
  const t = useTexts(CASE_TEXTS);
  const roles = useTexts(ROLE_TEXTS);
  const nameOf = useNames();
  if (view.waitsFor.length === 0) return null;
  return (
    <>
      <Typography.Title level={2}>{t('waits-for')}</Typography.Title>
      <ul className="papers">
        {view.waitsFor.map(({ taskId, kind, role, assignee, ref, dueAt, act }) => (
          <li key={taskId}>
            <strong>
              <Word of="task" code={kind} />
            </strong>{' '}
            {assignee === null ? roles.code(role) : nameOf(assignee)}
            <div>
              <Due at={dueAt} nowAt={view.nowAt} />
            </div>
            <TaskAct task={{ taskId, kind, act, caseId: view.caseId, ref }} />
          </li>
        ))}
      </ul>
    </>
  );
}

export function Holds({ view }: { view: CaseView }) {
  const t = useTexts(CASE_TEXTS);
  const active = view.holds.filter(({ endedAt }) => endedAt === null);
  if (active.length === 0) return null;
  return (
    <>
      <Typography.Title level={2}>{t('holds')}</Typography.Title>
      <ul className="papers">
        {active.map((hold) => (
          <li key={hold.holdId}>
            <Word of="hold" code={hold.kind} /> {hold.untilAt !== null && moment(hold.untilAt)}{' '}
            <EndHold hold={hold} />
          </li>
        ))}
      </ul>
    </>
  );
}
