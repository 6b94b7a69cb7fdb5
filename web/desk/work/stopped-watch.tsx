import { App, Button, Typography, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { StopItem } from '../../../api/shapes/stop.ts';
import { useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { LIST_TEXTS } from '../texts/list.ts';
import { WORK_TEXTS } from '../texts/work.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { Mark, Money } from '../ui/parts.tsx';
import { usePages } from '../ui/use-pages.ts';

const CHECKERS = ['clerk-95598', 'reader', 'centre', 'team-leader'];

function CheckPayment({ accountNo }: { accountNo: string }) {
  const t = useTexts(WORK_TEXTS);
  const { message } = App.useApp();
  const check = useAct<string, { unseenPayments: number; restorationOwed: boolean }>(
    (api, no, key) => api.post(`/accounts/${encodeURIComponent(no)}/payment-check`, {}, key),
    {
      touches: [['stops'], ['account', accountNo]],
      onDone: ({ unseenPayments, restorationOwed }) => {
        const more = t(restorationOwed ? 'checked-owed' : 'checked-none');
        void message.success(t('checked', { n: unseenPayments, more }));
      },
    },
  );
  return (
    <>
      <Button size="small" loading={check.isPending} onClick={() => check.mutate(accountNo)}>
        {t('check')}
      </Button>
      {check.error !== null && (
        <div role="alert">
          <strong>{check.error.title}</strong>
          <div>{check.error.whatNow}</div>
        </div>
      )}
    </>
  );
}

/** Everybody whose supply is off, longest first: looked at every day (T3.2). */
export function StoppedWatch() {
  const t = useTexts(WORK_TEXTS);
  const list = useTexts(LIST_TEXTS);
  const { roles } = useMe();
  const pages = usePages<StopItem>('stops', '/stops', { state: 'in-force' }, 20);
  const mayCheck = CHECKERS.some((role) => roles.includes(role));
  const columns: TableColumnsType<StopItem> = [
    { title: t('stopped'), dataIndex: 'occurredAt', width: 170, render: (at: string) => moment(at) },
    {
      title: list('account'),
      dataIndex: 'accountNo',
      width: 150,
      render: (no: string) => <Link to={`/accounts/${no}`}>{no}</Link>,
    },
    { title: t('debt'), dataIndex: 'principalFen', width: 140, render: (fen: number) => <Money fen={fen} /> },
    {
      title: t('kind'),
      dataIndex: 'classification',
      render: (code: string) => <Mark of="class" code={code} />,
    },
    {
      title: t('cause'),
      dataIndex: 'triggers',
      render: (kinds: string[]) =>
        kinds.length === 0 ? t('no-cause') : kinds.map((kind) => t.code(kind, 'trigger.')).join('、'),
    },
    {
      key: 'check',
      title: '',
      width: 140,
      render: (_, { accountNo }) => mayCheck && <CheckPayment accountNo={accountNo} />,
    },
  ];
  return (
    <>
      <Typography.Title level={2}>{t('watch')}</Typography.Title>
      <p className="lead">{t('watch-lead')}</p>
      <List
        pages={pages}
        columns={columns}
        rowKey="stopId"
        label={t('watch')}
        empty={<Nothing what={t('none-stopped')} now={t('none-stopped-now')} />}
      />
    </>
  );
}
