import { Input, Segmented, Select, Space, type TableColumnsType } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { CaseItem } from '../../../api/shapes/case.ts';
import { useMe } from '../../shared/api/context.tsx';
import { civilDay, moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CASE_TEXTS } from '../texts/cases.ts';
import { LIST_TEXTS } from '../texts/list.ts';
import { WORDS } from '../texts/words.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Mark, Money } from '../ui/parts.tsx';
import { usePages } from '../ui/use-pages.ts';

const STAGES = Object.keys(WORDS)
  .filter((key) => key.startsWith('stage.'))
  .map((key) => key.slice('stage.'.length));

function Filter() {
  const t = useTexts(CASE_TEXTS);
  const words = useTexts(WORDS);
  const me = useMe();
  const [query, setQuery] = useSearchParams();
  const set = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(query);
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
    setQuery(next, { replace: true });
  };
  return (
    <Space wrap className="above">
      <Segmented
        aria-label={t('outcome')}
        value={query.get('status') ?? 'open'}
        onChange={(value) => set('status', value === 'open' ? undefined : value)}
        options={[
          { value: 'open', label: t('open') },
          { value: 'closed', label: t('closed') },
          { value: 'all', label: t('both') },
        ]}
      />
      <Select
        aria-label={t('stage')}
        className="filter"
        value={query.get('stage') ?? ''}
        onChange={(value) => set('stage', value)}
        options={[
          { value: '', label: t('any-stage') },
          ...STAGES.map((stage) => ({ value: stage, label: words.code(`stage.${stage}`) })),
        ]}
      />
      {me.centres.length > 1 && (
        <Select
          aria-label={t('centre')}
          className="filter"
          value={query.get('centreId') ?? ''}
          onChange={(value) => set('centreId', value)}
          options={[
            { value: '', label: t('any-centre') },
            ...me.centres.map(({ centreId, name }) => ({ value: centreId, label: name })),
          ]}
        />
      )}
      <Input.Search
        aria-label={t('find-no')}
        placeholder={t('find-no')}
        allowClear
        defaultValue={query.get('accountNo') ?? ''}
        onSearch={(value) => set('accountNo', value.trim())}
      />
    </Space>
  );
}

/** Cases by stage, centre or account; the filter stands in the address, so that it can be kept and sent. */
export default function CaseList() {
  const t = useTexts(CASE_TEXTS);
  const list = useTexts(LIST_TEXTS);
  const [query] = useSearchParams();
  const status = query.get('status') ?? 'open';
  const pages = usePages<CaseItem>('cases', '/cases', {
    status: status === 'all' ? undefined : status,
    stage: query.get('stage') ?? undefined,
    centreId: query.get('centreId') ?? undefined,
    readerId: query.get('readerId') ?? undefined,
    accountNo: query.get('accountNo') ?? undefined,
  });
  const columns: TableColumnsType<CaseItem> = [
    {
      title: list('account'),
      dataIndex: 'accountNo',
      width: 150,
      render: (no: string, { caseId }) => <Link to={`/cases/${caseId}`}>{no}</Link>,
    },
    { title: list('customer'), dataIndex: 'customerName', width: 130 },
    {
      title: t('stage'),
      key: 'stage',
      width: 190,
      render: (_, { stage, stageSince, outcome }) => (
        <>
          {outcome === null ? <Mark of="stage" code={stage} /> : <Mark of="outcome" code={outcome} />}
          <div className="quiet small">{t('since', { at: moment(stageSince) })}</div>
        </>
      ),
    },
    {
      title: t('debt'),
      dataIndex: 'openFen',
      width: 130,
      align: 'right',
      render: (fen: number) => <Money fen={fen} />,
    },
    {
      title: t('stop-day'),
      key: 'stop',
      width: 180,
      render: (_, { stopAt, stopOn }) =>
        stopAt !== null ? moment(stopAt) : stopOn === null ? '–' : t('earliest', { on: stopOn }),
    },
    { title: t('opened'), dataIndex: 'openedAt', width: 120, render: (at: string) => civilDay(at) },
  ];
  return (
    <PageFrame title={t('title')} lead={t('lead')}>
      <Filter />
      <List
        pages={pages}
        columns={columns}
        rowKey="caseId"
        label={t('title')}
        empty={<Nothing what={t('none')} now={t('none-now')} />}
      />
    </PageFrame>
  );
}
