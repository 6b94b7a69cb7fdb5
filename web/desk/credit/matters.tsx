import { Segmented, Tabs } from 'antd';
import { useSearchParams } from 'react-router';
import type { DowngradeItem, ExportItem, ObjectionItem, RepairItem } from '../../../api/shapes/credit.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CREDIT_TEXTS } from '../texts/credit.ts';
import { CREDIT_WORDS } from '../texts/credit-words.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { usePages } from '../ui/use-pages.ts';
import { downgradeColumns, exportColumns, objectionColumns, repairColumns } from './matter-columns.tsx';

const DOWNGRADE_STATES = ['queued', 'approved', 'noticed', 'in-force', 'refused', 'withdrawn', 'undone'];
const EXPORT_STATES = ['noticed', 'proposed', 'approved', 'sent', 'acknowledged', 'withdrawn', 'refused'];

function States(props: {
  of: string;
  states: readonly string[];
  value: string;
  choose: (s: string) => void;
}) {
  const t = useTexts(CREDIT_TEXTS);
  const words = useTexts(CREDIT_WORDS);
  return (
    <Segmented
      aria-label={t('state')}
      className="above"
      value={props.value}
      onChange={props.choose}
      options={props.states.map((value) => ({ value, label: words.code(`${props.of}.${value}`) }))}
    />
  );
}

/** The state that is looked at stands in the address, so that a link leads to it. */
function useStatus(first: string): [string, (status: string) => void] {
  const [query, setQuery] = useSearchParams();
  return [
    query.get('status') ?? first,
    (status) => setQuery({ of: query.get('of') ?? 'downgrades', status }, { replace: true }),
  ];
}

function Downgrades() {
  const t = useTexts(CREDIT_TEXTS);
  const [status, choose] = useStatus('queued');
  const pages = usePages<DowngradeItem>('credit', '/credit/downgrades', { status });
  return (
    <>
      <p className="quiet">{t('downgrades-lead')}</p>
      <States of="downgrade" states={DOWNGRADE_STATES} value={status} choose={choose} />
      <List
        pages={pages}
        columns={downgradeColumns(t)}
        rowKey="downgradeId"
        label={t('downgrades')}
        empty={<Nothing what={t('none')} now={t('none-downgrade')} />}
      />
    </>
  );
}

function Objections() {
  const t = useTexts(CREDIT_TEXTS);
  const pages = usePages<ObjectionItem>('credit', '/credit/objections');
  return (
    <>
      <p className="quiet">{t('objections-lead')}</p>
      <List
        pages={pages}
        columns={objectionColumns(t)}
        rowKey="objectionId"
        label={t('objections')}
        empty={<Nothing what={t('none')} now={t('none-objection')} />}
      />
    </>
  );
}

function Repairs() {
  const t = useTexts(CREDIT_TEXTS);
  const pages = usePages<RepairItem>('credit', '/credit/repairs');
  return (
    <>
      <p className="quiet">{t('repairs-lead')}</p>
      <List
        pages={pages}
        columns={repairColumns(t)}
        rowKey="repairId"
        label={t('repairs')}
        empty={<Nothing what={t('none')} now={t('none-repair')} />}
      />
    </>
  );
}

function Exports() {
  const t = useTexts(CREDIT_TEXTS);
  const [status, choose] = useStatus('noticed');
  const pages = usePages<ExportItem>('credit', '/credit/exports', { status });
  return (
    <>
      <p className="quiet">{t('exports-lead')}</p>
      <States of="export" states={EXPORT_STATES} value={status} choose={choose} />
      <List
        pages={pages}
        columns={exportColumns(t)}
        rowKey="exportId"
        label={t('exports')}
        empty={<Nothing what={t('none')} now={t('none-export')} />}
      />
    </>
  );
}

/** Everything of credit that waits for a person: downgrades, objections, repairs, reports. */
export default function Matters() {
  const t = useTexts(CREDIT_TEXTS);
  const [query, setQuery] = useSearchParams();
  return (
    <PageFrame title={t('matters')} lead={t('matters-lead')}>
      <Tabs
        activeKey={query.get('of') ?? 'downgrades'}
        onChange={(of) => setQuery({ of }, { replace: true })}
        destroyOnHidden
        items={[
          { key: 'downgrades', label: t('downgrades'), children: <Downgrades /> },
          { key: 'objections', label: t('objections'), children: <Objections /> },
          { key: 'repairs', label: t('repairs'), children: <Repairs /> },
          { key: 'exports', label: t('exports'), children: <Exports /> },
        ]}
      />
    </PageFrame>
  );
}
