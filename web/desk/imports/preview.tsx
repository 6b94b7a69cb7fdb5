import { Alert, Button, Select, Space, Table, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ImportColumn, ImportItem } from '../../../api/shapes/import.ts';
import { pathWith } from '../../shared/api/client.ts';
import { useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { Broken } from '../../shared/ui/broken.tsx';
import { COLUMN_TEXTS } from '../texts/columns.ts';
import { IMPORT_TEXTS } from '../texts/imports.ts';
import { doubledFields, headerFor, matchColumns, missingFields } from './match-columns.ts';
import type { ReadFile } from './read-file.ts';

const LEFT_OUT = '';

interface Props {
  readonly file: ReadFile;
  readonly columns: readonly ImportColumn[];
  readonly onBack: () => void;
}

/** What stands in the file and what each column is taken for, before anything is sent. */
export function Preview({ file, columns, onBack }: Props) {
  const t = useTexts(IMPORT_TEXTS);
  const names = useTexts(COLUMN_TEXTS);
  const me = useMe();
  const navigate = useNavigate();
  const found = useMemo(() => matchColumns(file.header, columns), [file, columns]);
  const [chosen, setChosen] = useState(found);
  const [centreId, setCentre] = useState(me.centres[0]?.centreId ?? '');
  const act = useAct<{ fileName: string; centreId: string; header: string[] }, ImportItem>(
    (api, { header, ...query }, key) =>
      api.postBytes(pathWith('/imports', query), file.as(header), key, 'text/csv'),
    {
      touches: [['imports'], ['screenings']],
      onDone: ({ importId }) => void navigate(`/imports/${encodeURIComponent(importId)}`),
    },
  );
  const say = (fields: readonly string[]): string =>
    fields.map((field) => (field === 'class' ? t('missing-class') : names.code(field))).join('、');
  const missing = missingFields(chosen, columns);
  const doubled = doubledFields(chosen);
  const options = [
    { value: LEFT_OUT, label: t('not-imported') },
    ...columns.map(({ field }) => ({ value: field, label: names.code(field) })),
  ];
  const rows = file.header.map((name, at) => ({
    at,
    name,
    examples: file.sample
      .map((row) => row[at] ?? '')
      .filter((cell) => cell !== '')
      .slice(0, 3)
      .join('、'),
  }));
  return (
    <section aria-label={t('preview')}>
      <Typography.Title level={2}>
        {t('preview')} · {file.fileName}
      </Typography.Title>
      <p className="quiet">{t('preview-lead')}</p>
      <Table
        size="small"
        pagination={false}
        rowKey="at"
        dataSource={rows}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('column'), dataIndex: 'name', width: 220 },
          {
            title: t('means'),
            key: 'means',
            width: 220,
            render: (_, { at, name }) => (
              <Select
                aria-label={`${t('means')} ${name}`}
                className="filter"
                showSearch={{ optionFilterProp: 'label' }}
                value={chosen[at] ?? LEFT_OUT}
                options={options}
                onChange={(value) =>
                  setChosen(
                    chosen.map((old, index) => (index === at ? (value === LEFT_OUT ? null : value) : old)),
                  )
                }
              />
            ),
          },
          { title: t('example'), dataIndex: 'examples', ellipsis: true },
        ]}
      />
      <Space orientation="vertical" className="import-foot">
        {missing.length > 0 && (
          <Alert showIcon type="warning" title={t('missing', { columns: say(missing) })} />
        )}
        {doubled.length > 0 && (
          <Alert showIcon type="warning" title={t('twice', { columns: say(doubled) })} />
        )}
        {me.centres.length > 1 && (
          <label>
            {t('centre')}{' '}
            <Select
              aria-label={t('centre')}
              value={centreId}
              onChange={setCentre}
              options={me.centres.map((one) => ({ value: one.centreId, label: one.name }))}
            />
          </label>
        )}
        {act.error !== null && <Broken problem={act.error} />}
        <Space>
          <Button onClick={onBack}>{t('back')}</Button>
          <Button
            type="primary"
            disabled={missing.length > 0 || doubled.length > 0}
            loading={act.isPending}
            onClick={() =>
              act.mutate({ fileName: file.fileName, centreId, header: headerFor(file.header, chosen, found) })
            }
          >
            {file.rows === undefined ? t('send') : t('send-rows', { n: file.rows })}
          </Button>
        </Space>
      </Space>
    </section>
  );
}
