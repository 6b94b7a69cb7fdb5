import { Alert, App, Button, Select, Space, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { Broken } from '../../shared/ui/broken.tsx';
import { LAUNCH_TEXTS } from '../texts/launch.ts';
import { LIST_TEXTS } from '../texts/list.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Mark, Reasons, type Reason } from '../ui/parts.tsx';
import { usePages } from '../ui/use-pages.ts';

interface Screened {
  accountNo: string;
  outcome: 'permitted' | 'refused' | 'undetermined';
  reasons: Reason[];
}

interface Launches {
  launched: { accountNo: string; caseId: string }[];
  notLaunched: Screened[];
  next: string | null;
}

const PAGE = 50;
const MAY_LAUNCH = ['centre', 'team-leader'];

function Result({ done }: { done: Launches }) {
  const t = useTexts(LAUNCH_TEXTS);
  return (
    <Alert
      type="success"
      className="above"
      title={t('launched', { n: done.launched.length, not: done.notLaunched.length })}
      description={
        <ul className="papers">
          {done.launched.map(({ accountNo, caseId }) => (
            <li key={caseId}>
              <Link to={`/cases/${caseId}`}>{accountNo}</Link>
            </li>
          ))}
          {done.notLaunched.map(({ accountNo, outcome, reasons }) => (
            <li key={accountNo}>
              {accountNo} <Mark of="verdict" code={outcome} />
              <Reasons reasons={reasons} />
            </li>
          ))}
        </ul>
      }
    />
  );
}

/** A dry run first: who goes in, who not and why. Only then a launch, of what stood on the screen. */
export default function Launch() {
  const t = useTexts(LAUNCH_TEXTS);
  const list = useTexts(LIST_TEXTS);
  const { modal } = App.useApp();
  const me = useMe();
  const [centreId, setCentre] = useState(me.centres[0]?.centreId ?? '');
  const pages = usePages<Screened>('screenings', '/screenings', { centreId }, PAGE);
  const [done, setDone] = useState<Launches>();
  const act = useAct<{ centreId: string; shown: readonly (readonly string[])[] }, Launches>(
    async (api, input, key) => {
      const all: Launches = { launched: [], notLaunched: [], next: null };
      let cursor: string | undefined;
      for (const [page, accountNos] of input.shown.entries()) {
        const body = { centreId: input.centreId, limit: PAGE, accountNos, cursor };
        const some = await api.post<Launches>('/launches', body, `${key}-${page}`);
        all.launched.push(...some.launched);
        all.notLaunched.push(...some.notLaunched);
        if (some.next === null) break;
        cursor = some.next;
      }
      return all;
    },
    { touches: [['screenings'], ['cases'], ['tasks']], onDone: setDone },
  );
  const permitted = pages.items.filter(({ outcome }) => outcome === 'permitted').length;
  const columns: TableColumnsType<Screened> = [
    {
      title: list('account'),
      dataIndex: 'accountNo',
      width: 170,
      render: (no: string) => <Link to={`/accounts/${no}`}>{no}</Link>,
    },
    {
      title: t('verdict'),
      dataIndex: 'outcome',
      width: 140,
      filters: ['permitted', 'refused', 'undetermined'].map((value) => ({
        value,
        text: t.code(value, 'only.'),
      })),
      onFilter: (value, { outcome }) => outcome === value,
      render: (code: string) => <Mark of="verdict" code={code} />,
    },
    { title: t('why'), dataIndex: 'reasons', render: (reasons: Reason[]) => <Reasons reasons={reasons} /> },
  ];
  const ask = (): void =>
    void modal.confirm({
      title: t('confirm', { n: permitted }),
      content: t('confirm-lead'),
      okText: t('launch', { n: permitted }),
      cancelText: list('cancel'),
      onOk: () =>
        act.mutate({
          centreId,
          shown: (pages.data?.pages ?? []).map(({ items }) => items.map(({ accountNo }) => accountNo)),
        }),
    });
  return (
    <PageFrame
      title={t('title')}
      lead={t('lead')}
      extra={
        <Space>
          {me.centres.length > 1 && (
            <Select
              aria-label={t('centre')}
              value={centreId}
              onChange={setCentre}
              options={me.centres.map((one) => ({ value: one.centreId, label: one.name }))}
            />
          )}
          {MAY_LAUNCH.some((role) => me.roles.includes(role)) && (
            <Button type="primary" disabled={permitted === 0} loading={act.isPending} onClick={ask}>
              {t('launch', { n: permitted })}
            </Button>
          )}
        </Space>
      }
    >
      {act.error !== null && <Broken problem={act.error} />}
      {done !== undefined && <Result done={done} />}
      <p className="quiet">{t('counted', { all: pages.items.length, n: permitted })}</p>
      <List
        pages={pages}
        columns={columns}
        rowKey="accountNo"
        label={t('title')}
        empty={
          <Nothing what={t('none')} now={t('none-now')}>
            <Link to="/imports">{t('import')}</Link>
          </Nothing>
        }
      />
    </PageFrame>
  );
}
