import { App, Button, Segmented, Space, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { ApprovalItem } from '../../../api/shapes/approval.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { ROLE_TEXTS } from '../../shared/roles.ts';
import { APPROVAL_TEXTS } from '../texts/approvals.ts';
import { LIST_TEXTS } from '../texts/list.ts';
import { WORDS } from '../texts/words.ts';
import { Due } from '../ui/due.tsx';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Chip, Mark, Money, WithReasons, Word } from '../ui/parts.tsx';
import { usePages } from '../ui/use-pages.ts';
import { TogetherForm } from './together-form.tsx';

const STATES = ['pending', 'approved', 'refused', 'expired', 'void'];

function Signatures({ item }: { item: ApprovalItem }) {
  const t = useTexts(APPROVAL_TEXTS);
  const roles = useTexts(ROLE_TEXTS);
  return item.requiredRoles.map((role) => {
    const hasSigned = item.signatures.some((one) => one.role === role);
    return (
      <div key={role} className={hasSigned ? '' : 'quiet'}>
        {t(hasSigned ? 'signed' : 'waits', { role: roles.code(role) })}
      </div>
    );
  });
}

function Mine({ item }: { item: ApprovalItem }) {
  const t = useTexts(APPROVAL_TEXTS);
  return (
    <>
      <WithReasons reasons={item.mayDecide.reasons}>
        <Chip tone={item.mayDecide.allowed ? 'note' : 'plain'}>
          {t(item.mayDecide.allowed ? 'yours' : 'not-yours')}
        </Chip>
      </WithReasons>
      {item.isOpened && <span className="quiet small">{t('opened')}</span>}
    </>
  );
}

/** The queue of whoever signs, the soonest to expire first. */
export default function ApprovalList() {
  const t = useTexts(APPROVAL_TEXTS);
  const list = useTexts(LIST_TEXTS);
  const words = useTexts(WORDS);
  const { message } = App.useApp();
  const [query, setQuery] = useSearchParams();
  const status = query.get('status') ?? 'pending';
  const pages = usePages<ApprovalItem>('approvals', '/approvals', { status });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isAsking, setAsking] = useState(false);
  const mayTogether = (item: ApprovalItem): boolean => item.mayDecide.allowed && item.mayTogether.allowed;
  const columns: TableColumnsType<ApprovalItem> = [
    {
      title: t('expires'),
      dataIndex: 'expiresAt',
      width: 170,
      render: (at: string, { nowAt }) => (status === 'pending' ? <Due at={at} nowAt={nowAt} /> : moment(at)),
    },
    {
      title: list('account'),
      key: 'account',
      width: 180,
      render: (_, { approvalId, accountNo, customerName }) => (
        <>
          <Link to={`/approvals/${encodeURIComponent(approvalId)}`}>{customerName}</Link>
          <div className="quiet small">{accountNo}</div>
        </>
      ),
    },
    {
      title: t('category'),
      dataIndex: 'category',
      render: (code: string) => <Word of="category" code={code} />,
    },
    {
      title: t('debt'),
      dataIndex: 'principalFen',
      align: 'right',
      render: (fen: number) => <Money fen={fen} />,
    },
    { title: t('signatures'), key: 'signatures', render: (_, item) => <Signatures item={item} /> },
    {
      title: t('state'),
      key: 'state',
      render: (_, item) =>
        status === 'pending' ? <Mine item={item} /> : <Mark of="approval" code={item.status} />,
    },
  ];
  return (
    <PageFrame
      title={t('title')}
      lead={t('lead')}
      extra={
        chosen.length > 0 && (
          <Button type="primary" onClick={() => setAsking(true)}>
            {t('together', { n: chosen.length })}
          </Button>
        )
      }
    >
      <Space className="above" wrap>
        <Segmented
          aria-label={t('state')}
          value={status}
          onChange={(value) => {
            setChosen([]);
            setQuery(value === 'pending' ? {} : { status: value }, { replace: true });
          }}
          options={STATES.map((value) => ({ value, label: words.code(`approval.${value}`) }))}
        />
        {status === 'pending' && <span className="quiet small">{t('together-lead')}</span>}
      </Space>
      <List
        pages={pages}
        columns={columns}
        rowKey="approvalId"
        label={t('title')}
        empty={
          status === 'pending' ? (
            <Nothing what={t('none')} now={t('none-now')} />
          ) : (
            <Nothing what={t('none-other')} now={t('none-other-now')} />
          )
        }
        {...(status === 'pending' ? { selection: { chosen, choose: setChosen, may: mayTogether } } : {})}
      />
      <TogetherForm
        approvalIds={chosen}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onDone={(n) => {
          setAsking(false);
          setChosen([]);
          void message.success(t('together-done', { n }));
        }}
      />
    </PageFrame>
  );
}
