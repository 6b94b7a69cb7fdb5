import { Table, Typography } from 'antd';
import type { ApprovalDossier } from '../../../api/shapes/approval.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { APPROVAL_TEXTS } from '../texts/approvals.ts';
import { QUESTIONS } from '../texts/questions.ts';
import { OpenPaper } from '../ui/open-paper.tsx';
import { Chip, Mark, Money, Reasons, Word } from '../ui/parts.tsx';

interface Props {
  readonly file: ApprovalDossier;
}

export function Bills({ file }: Props) {
  const t = useTexts(APPROVAL_TEXTS);
  return (
    <>
      <Typography.Title level={2}>{t('bills')}</Typography.Title>
      <Table
        size="small"
        pagination={false}
        rowKey="billId"
        dataSource={file.bills}
        columns={[
          {
            title: t('bill'),
            dataIndex: 'billId',
            render: (no: string, { isNamed, disputed }) => (
              <>
                {no} {isNamed && <Chip tone="note">{t('named')}</Chip>}
                {disputed && <Chip tone="warn">{t('disputed')}</Chip>}
              </>
            ),
          },
          { title: t('period'), dataIndex: 'period' },
          { title: t('due'), dataIndex: 'dueDate' },
          {
            title: t('principal'),
            dataIndex: 'principalFen',
            align: 'right',
            render: (fen: number) => <Money fen={fen} />,
          },
          {
            title: t('paid'),
            dataIndex: 'paidFen',
            align: 'right',
            render: (fen: number) => <Money fen={fen} />,
          },
          {
            title: t('owed'),
            key: 'owed',
            align: 'right',
            render: (_, { principalFen, paidFen }) => <Money fen={principalFen - paidFen} />,
          },
        ]}
      />
    </>
  );
}

/** Each notice with every attempt to serve it, and what proves it. */
export function Notices({ file }: Props) {
  const t = useTexts(APPROVAL_TEXTS);
  return (
    <>
      <Typography.Title level={2}>{t('notices')}</Typography.Title>
      <ul className="papers">
        {file.notices.map((notice) => (
          <li key={notice.noticeId}>
            <span className={`paper-${notice.kind}`}>
              <Word of="notice" code={notice.kind} />
            </span>{' '}
            <Mark of="notice-status" code={notice.status} /> <Money fen={notice.sumFen} />
            <OpenPaper path={`/notices/${encodeURIComponent(notice.noticeId)}/document.pdf`}>
              {t('open')}
            </OpenPaper>
            {notice.services.length === 0 && notice.kind !== 'first-dunning' && (
              <div className="quiet small">{t('no-service')}</div>
            )}
            {notice.services.map((one) => (
              <div key={one.serviceId} className="small">
                {moment(one.occurredAt)} · <Word of="method" code={one.method} /> ·{' '}
                {file.people[one.recordedBy] ?? one.recordedBy} · {t('proofs', { n: one.proofs })}{' '}
                <Chip tone={one.counts ? 'good' : 'bad'}>{t(one.counts ? 'counts' : 'counts-not')}</Chip>
                <Reasons reasons={one.reasons} />
              </div>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

export function DossierMessages({ file }: Props) {
  const t = useTexts(APPROVAL_TEXTS);
  if (file.messages.length === 0) return null;
  return (
    <>
      <Typography.Title level={2}>{t('messages')}</Typography.Title>
      <ul className="papers">
        {file.messages.map((one) => (
          <li key={one.messageId}>
            {moment(one.occurredAt)} · <Word of="channel" code={one.channel} /> ·{' '}
            <Word of="purpose" code={one.purpose} /> <Mark of="message" code={one.status} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Holds that stand and what the rules said so far. */
export function Checks({ file }: Props) {
  const t = useTexts(APPROVAL_TEXTS);
  const questions = useTexts(QUESTIONS);
  return (
    <>
      <Typography.Title level={2}>{t('holds')}</Typography.Title>
      {file.holds.length === 0 ? (
        <p className="quiet">{t('no-holds')}</p>
      ) : (
        <ul className="papers">
          {file.holds.map(({ kind, reason, untilAt }) => (
            <li key={`${kind} ${reason}`}>
              <Word of="hold" code={kind} /> {untilAt !== null && moment(untilAt)} · {reason}
            </li>
          ))}
        </ul>
      )}
      <Typography.Title level={2}>{t('checks')}</Typography.Title>
      <ul className="decisions">
        {file.decisions.toReversed().map((one, index) => (
          <li key={`${one.occurredAt} ${index}`}>
            <Mark of="verdict" code={one.outcome} /> {questions.code(one.question)}{' '}
            <span className="quiet small">{moment(one.occurredAt)}</span>
            <Reasons reasons={one.reasons} />
          </li>
        ))}
      </ul>
    </>
  );
}
