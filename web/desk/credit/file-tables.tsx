import { Table, type TableColumnsType } from 'antd';
import type { CreditFile } from '../../../api/shapes/credit-file.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { ROLE_TEXTS } from '../../shared/roles.ts';
import { CREDIT_TEXTS } from '../texts/credit.ts';
import { Nothing } from '../ui/nothing.tsx';
import { Chip, Money } from '../ui/parts.tsx';
import { CreditMark, CreditWord } from './parts.tsx';

interface Props {
  readonly file: CreditFile;
}

/** One list of the file; what has none says so. */
export function Rows<R extends object>(props: {
  rows: readonly R[];
  columns: TableColumnsType<R>;
  rowKey: (row: R) => string;
}) {
  const t = useTexts(CREDIT_TEXTS);
  if (props.rows.length === 0) return <Nothing what={t('nothing-here')} />;
  return (
    <Table<R>
      size="small"
      pagination={props.rows.length > 50 ? { pageSize: 50 } : false}
      dataSource={[...props.rows]}
      columns={props.columns}
      rowKey={props.rowKey}
      scroll={{ x: 'max-content' }}
    />
  );
}

export function Grades({ file }: Props) {
  const t = useTexts(CREDIT_TEXTS);
  return (
    <Rows
      rows={file.grades}
      rowKey={({ month }) => month}
      columns={[
        { title: t('month'), dataIndex: 'month', render: (month: string) => month.slice(0, 7) },
        {
          title: t('grade'),
          dataIndex: 'grade',
          render: (code: string) => <CreditMark of="value" code={code} />,
        },
        {
          title: t('colour'),
          dataIndex: 'colour',
          render: (code: string) => <CreditMark of="value" code={code} />,
        },
        { title: t('why'), key: 'why', render: (_, { why }) => why[t.lang] },
        {
          title: t('owed'),
          dataIndex: 'owedFen',
          align: 'right',
          render: (fen: number) => <Money fen={fen} />,
        },
        {
          title: t('cause'),
          dataIndex: 'cause',
          render: (code: string) => <CreditWord of="cause" code={code} />,
        },
      ]}
    />
  );
}

export function Measures({ file }: Props) {
  const t = useTexts(CREDIT_TEXTS);
  const roles = useTexts(ROLE_TEXTS);
  return (
    <Rows
      rows={file.measures}
      rowKey={({ measureId }) => measureId}
      columns={[
        {
          title: t('measure'),
          dataIndex: 'kind',
          render: (code: string, { clause }) => (
            <>
              <CreditWord of="measure" code={code} /> <span className="clause">{clause}</span>
            </>
          ),
        },
        {
          title: t('effect'),
          dataIndex: 'effect',
          render: (code: string) => <CreditWord of="effect" code={code} />,
        },
        {
          title: t('given-by'),
          dataIndex: 'givenBy',
          render: (code: string) => <CreditMark of="value" code={code} />,
        },
        { title: t('owner'), dataIndex: 'ownerRole', render: (code: string) => roles.code(code) },
        { title: t('due-on'), dataIndex: 'dueOn' },
        {
          title: t('amount'),
          dataIndex: 'amountFen',
          align: 'right',
          render: (fen: number | null) => (fen === null ? '–' : <Money fen={fen} />),
        },
        {
          title: t('state'),
          dataIndex: 'status',
          render: (code: string) => <CreditMark of="measure-status" code={code} />,
        },
      ]}
    />
  );
}

export function Rights({ file }: Props) {
  const t = useTexts(CREDIT_TEXTS);
  return (
    <Rows
      rows={file.rights}
      rowKey={({ kind, scheme }) => `${scheme} ${kind}`}
      columns={[
        {
          title: t('right'),
          dataIndex: 'kind',
          render: (code: string, { clause }) => (
            <>
              <CreditWord of="measure" code={code} /> <span className="clause">{clause}</span>
            </>
          ),
        },
        {
          title: t('given-by'),
          dataIndex: 'givenBy',
          render: (code: string) => <CreditMark of="value" code={code} />,
        },
      ]}
    />
  );
}

export function Records({ file }: Props) {
  const t = useTexts(CREDIT_TEXTS);
  return (
    <Rows
      rows={file.records}
      rowKey={({ recordId }) => recordId}
      columns={[
        { title: t('day'), dataIndex: 'occurredOn' },
        {
          title: t('record'),
          dataIndex: 'kind',
          render: (code: string) => <CreditWord of="record" code={code} />,
        },
        { title: t('description'), dataIndex: 'description' },
        { title: t('source'), dataIndex: 'sourceName' },
        { title: t('decision-no'), dataIndex: 'decisionNo', render: (no: string | null) => no ?? '–' },
        {
          title: t('counts'),
          dataIndex: 'counts',
          render: (counts: boolean, { annulledFor }) => (
            <Chip tone={counts ? 'warn' : 'plain'}>
              {counts ? (
                t('counts-yes')
              ) : annulledFor === null ? (
                t('counts-no')
              ) : (
                <CreditWord of="annulled" code={annulledFor} />
              )}
            </Chip>
          ),
        },
      ]}
    />
  );
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Objections, repairs, downgrades and reports of this customer, with how they stand. */
export function Matters({ file }: Props) {
  const t = useTexts(CREDIT_TEXTS);
  const rows = [
    ...file.objections.map((one) => ({ of: 'objection', id: one.objectionId, status: one.status })),
    ...file.repairs.map((one) => ({ of: 'repair', id: text(one['repairId']), status: text(one['status']) })),
    ...file.downgrades.map((one) => ({
      ...{ of: 'downgrade', id: text(one['downgradeId']), status: text(one['status']) },
      ...{ from: text(one['from']), to: text(one['to']) },
    })),
    ...file.exports.map((one) => ({ of: 'export', id: text(one['exportId']), status: text(one['status']) })),
  ] as { of: string; id: string; status: string; from?: string; to?: string }[];
  return (
    <Rows
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { title: t('what'), dataIndex: 'of', render: (of: string) => <CreditWord of="matter" code={of} /> },
        {
          title: t('move'),
          key: 'move',
          render: (_, { from, to }) =>
            from === undefined || to === undefined ? (
              '–'
            ) : (
              <>
                <CreditMark of="value" code={from} /> → <CreditMark of="value" code={to} />
              </>
            ),
        },
        {
          title: t('state'),
          dataIndex: 'status',
          render: (status: string, { of }) => <CreditMark of={of} code={status} />,
        },
      ]}
    />
  );
}

export function Moves({ file }: Props) {
  const t = useTexts(CREDIT_TEXTS);
  return (
    <Rows
      rows={file.moves}
      rowKey={({ scheme, onDate, cause, to }) => `${scheme} ${onDate} ${cause} ${to}`}
      columns={[
        { title: t('day'), dataIndex: 'onDate' },
        {
          title: t('what'),
          dataIndex: 'scheme',
          render: (code: string) => <CreditWord of="scheme" code={code} />,
        },
        {
          title: t('move'),
          key: 'move',
          render: (_, { from, to }) => (
            <>
              {from === null ? '–' : <CreditMark of="value" code={from} />} →{' '}
              <CreditMark of="value" code={to} />
            </>
          ),
        },
        { title: t('by'), dataIndex: 'movedBy' },
      ]}
    />
  );
}
