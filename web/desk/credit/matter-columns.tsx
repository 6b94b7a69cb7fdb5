import type { TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { DowngradeItem, ExportItem, ObjectionItem, RepairItem } from '../../../api/shapes/credit.ts';
import { moment } from '../../shared/format/format.ts';
import type { Texts } from '../../shared/i18n/use-texts.ts';
import type { CREDIT_TEXTS } from '../texts/credit.ts';
import { Due } from '../ui/due.tsx';
import { ActButtons, type Allowed } from './act-buttons.tsx';
import type { MatterName } from './acts.ts';
import { CreditMark, CreditWord } from './parts.tsx';

type T = Texts<typeof CREDIT_TEXTS>;

interface Matter {
  accountNo: string;
  customerName: string;
  allowedActions: Allowed[];
}

const customer = <M extends Matter>(t: T): TableColumnsType<M>[number] => ({
  title: t('customer'),
  key: 'customer',
  width: 150,
  render: (_, { customerName, accountNo }) => (
    <>
      <Link to={`/credit/files/${encodeURIComponent(accountNo)}`}>{customerName}</Link>
      <div className="quiet small">{accountNo}</div>
    </>
  ),
});

const state = <M extends { status: string }>(t: T, of: string): TableColumnsType<M>[number] => ({
  title: t('state'),
  dataIndex: 'status',
  width: 110,
  render: (code: string) => <CreditMark of={of} code={code} />,
});

const acts = <M extends Matter>(
  t: T,
  of: MatterName,
  idOf: (m: M) => string,
): TableColumnsType<M>[number] => ({
  title: t('acts'),
  key: 'acts',
  width: 270,
  render: (_, item) => (
    <ActButtons
      of={of}
      id={idOf(item)}
      name={item.customerName}
      accountNo={item.accountNo}
      actions={item.allowedActions}
    />
  ),
});

export const downgradeColumns = (t: T): TableColumnsType<DowngradeItem> => [
  customer(t),
  {
    title: t('move'),
    key: 'move',
    width: 170,
    render: (_, { scheme, from, to }) => (
      <>
        <div className="quiet small">
          <CreditWord of="scheme" code={scheme} />
        </div>
        <CreditMark of="value" code={from} /> → <CreditMark of="value" code={to} />
      </>
    ),
  },
  {
    title: t('why'),
    key: 'why',
    width: 300,
    render: (_, { why, reply, replyUntil, nowAt, status }) => (
      <>
        <div>{why}</div>
        {reply !== null && (
          <div>
            {t('replied')} <q>{reply}</q>
          </div>
        )}
        {status === 'noticed' && replyUntil !== null && (
          <div>
            {t('reply-until')} <Due at={replyUntil} nowAt={nowAt} />
          </div>
        )}
      </>
    ),
  },
  state(t, 'downgrade'),
  acts(t, 'downgrades', ({ downgradeId }) => downgradeId),
];

export const objectionColumns = (t: T): TableColumnsType<ObjectionItem> => [
  customer(t),
  {
    title: t('about'),
    dataIndex: 'scheme',
    width: 90,
    render: (code: string) => <CreditWord of="scheme" code={code} />,
  },
  { title: t('customer-words'), dataIndex: 'words', width: 300 },
  {
    title: t('due'),
    dataIndex: 'dueAt',
    width: 170,
    render: (at: string, { nowAt, escalatedAt }) => (
      <>
        <Due at={at} nowAt={nowAt} />
        {escalatedAt !== null && <div className="small">{t('escalated', { at: moment(escalatedAt) })}</div>}
      </>
    ),
  },
  state(t, 'objection'),
  acts(t, 'objections', ({ objectionId }) => objectionId),
];

export const repairColumns = (t: T): TableColumnsType<RepairItem> => [
  customer(t),
  { title: t('customer-words'), dataIndex: 'words', width: 300 },
  {
    title: t('clean-until'),
    dataIndex: 'cleanUntil',
    width: 120,
    render: (day: string | null) => day ?? '–',
  },
  state(t, 'repair'),
  acts(t, 'repairs', ({ repairId }) => repairId),
];

export const exportColumns = (t: T): TableColumnsType<ExportItem> => [
  customer(t),
  {
    title: t('what'),
    dataIndex: 'kind',
    width: 110,
    render: (code: string, { subjectId }) => (
      <>
        <CreditWord of="scheme" code={code} />
        <div className="quiet small">{subjectId}</div>
      </>
    ),
  },
  { title: t('basis'), dataIndex: 'basisId' },
  { title: t('proposed-by'), dataIndex: 'proposedBy', width: 120 },
  {
    title: t('notice-until'),
    dataIndex: 'noticeUntil',
    width: 170,
    render: (at: string | null, { nowAt }) => (at === null ? '–' : <Due at={at} nowAt={nowAt} />),
  },
  state(t, 'export'),
  acts(t, 'exports', ({ exportId }) => exportId),
];
