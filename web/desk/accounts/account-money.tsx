import { Table } from 'antd';
import type { AccountFile } from '../../../api/shapes/account.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { ACCOUNT_TEXTS } from '../texts/accounts.ts';
import { Nothing } from '../ui/nothing.tsx';
import { Mark, Money, Word } from '../ui/parts.tsx';

interface Props {
  readonly file: AccountFile;
}

const money = (fen: number) => <Money fen={fen} />;

export function AccountBills({ file }: Props) {
  const t = useTexts(ACCOUNT_TEXTS);
  return (
    <Table
      size="small"
      pagination={false}
      rowKey="billId"
      dataSource={file.bills}
      columns={[
        { title: t('bill'), dataIndex: 'billId' },
        {
          title: t('service'),
          dataIndex: 'service',
          render: (code: string) => <Word of="service" code={code} />,
        },
        { title: t('period'), dataIndex: 'period' },
        { title: t('due'), dataIndex: 'dueDate' },
        { title: t('principal'), dataIndex: 'principalFen', align: 'right', render: money },
        { title: t('paid'), dataIndex: 'paidFen', align: 'right', render: money },
        {
          title: t('owed'),
          key: 'owed',
          align: 'right',
          render: (_, { principalFen, paidFen }) => money(principalFen - paidFen),
        },
      ]}
    />
  );
}

export function AccountPayments({ file }: Props) {
  const t = useTexts(ACCOUNT_TEXTS);
  if (file.payments.length === 0) return <Nothing what={t('no-payments')} />;
  return (
    <Table
      size="small"
      pagination={false}
      rowKey={({ paymentId, status }) => `${paymentId} ${status}`}
      dataSource={file.payments}
      columns={[
        { title: t('when'), dataIndex: 'occurredAt', render: (at: string) => moment(at) },
        { title: t('amount'), dataIndex: 'amountFen', align: 'right', render: money },
        { title: t('way'), dataIndex: 'channel' },
        {
          title: t('status'),
          dataIndex: 'status',
          render: (code: string) => <Mark of="payment" code={code} />,
        },
      ]}
    />
  );
}
