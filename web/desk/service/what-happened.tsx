import { Table, Typography } from 'antd';
import type { ServiceView } from '../../../api/shapes/service.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { SERVICE_TEXTS } from '../texts/service.ts';
import { WORDS } from '../texts/words.ts';
import { Nothing } from '../ui/nothing.tsx';
import { Mark, Money } from '../ui/parts.tsx';

interface Props {
  readonly view: ServiceView;
}

function Sent({ message }: { message: ServiceView['messages'][number] }) {
  const t = useTexts(SERVICE_TEXTS);
  const words = useTexts(WORDS);
  const { channel, purpose, status, deliveredAt, answeredAt } = message;
  const times = [
    ...(deliveredAt === null ? [] : [t('delivered', { at: moment(deliveredAt) })]),
    ...(answeredAt === null ? [] : [t('answered', { at: moment(answeredAt) })]),
  ];
  return (
    <>
      {t('message', {
        channel: words.code(`channel.${channel}`),
        purpose: words.code(`purpose.${purpose}`),
      })}{' '}
      <Mark of="message" code={status} />
      {times.length > 0 && <div className="quiet small">{times.join(' · ')}</div>}
    </>
  );
}

/** Notices, messages, calls, payments, the stop and the restoration in one line of time, the newest first. */
export function WhatHappened({ view }: Props) {
  const t = useTexts(SERVICE_TEXTS);
  const lines = [
    ...view.history.map(({ at, text }) => ({ at, key: `${at} ${text}`, shown: <strong>{text}</strong> })),
    ...view.messages.map((message) => ({
      at: message.occurredAt,
      key: message.messageId,
      shown: <Sent message={message} />,
    })),
  ].toSorted((a, b) => b.at.localeCompare(a.at));
  return (
    <>
      <Typography.Title level={2}>{t('happened')}</Typography.Title>
      {lines.length === 0 && <Nothing what={t('nothing-happened')} />}
      <ol className="line">
        {lines.map(({ at, key, shown }) => (
          <li key={key}>
            <time dateTime={at}>{moment(at)}</time>
            <div>{shown}</div>
          </li>
        ))}
      </ol>
    </>
  );
}

export function WhatComes({ view }: Props) {
  const t = useTexts(SERVICE_TEXTS);
  const words = useTexts(WORDS);
  if (view.planned.length === 0) return null;
  return (
    <>
      <Typography.Title level={2}>{t('planned')}</Typography.Title>
      <ol className="line planned">
        {view.planned.map(({ at, step }) => (
          <li key={`${at} ${step}`}>
            <time dateTime={at}>{moment(at)}</time>
            <span>{words.code(`step.${step}`)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

export function OverdueBills({ view }: Props) {
  const t = useTexts(SERVICE_TEXTS);
  const money = (fen: number) => <Money fen={fen} />;
  if (view.bills.length === 0) return null;
  return (
    <>
      <Typography.Title level={2}>{t('bills')}</Typography.Title>
      <Table
        size="small"
        pagination={false}
        rowKey="billId"
        dataSource={view.bills}
        columns={[
          { title: t('period'), dataIndex: 'period' },
          { title: t('due'), dataIndex: 'dueDate' },
          { title: t('open'), dataIndex: 'openFen', align: 'right', render: money },
          { title: t('fee'), dataIndex: 'lateFeeFen', align: 'right', render: money },
        ]}
      />
    </>
  );
}
