import { useQuery } from '@tanstack/react-query';
import { Alert, Typography, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ImportColumn, ImportItem } from '../../../api/shapes/import.ts';
import { useApi, useMe } from '../../shared/api/context.tsx';
import { useNames } from '../../shared/api/use-names.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { IMPORT_TEXTS } from '../texts/imports.ts';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { usePages } from '../ui/use-pages.ts';
import { lookedUp } from './match-columns.ts';
import { Preview } from './preview.tsx';
import { readFile, UnreadableFile, type ReadFile } from './read-file.ts';

const IMPORTERS = ['reader', 'centre'];

function Chooser({
  columns,
  onRead,
}: {
  columns: readonly ImportColumn[];
  onRead: (file: ReadFile) => void;
}) {
  const t = useTexts(IMPORT_TEXTS);
  const [fault, setFault] = useState<UnreadableFile['code']>();
  const known = new Set(columns.flatMap(({ names }) => names.map(lookedUp)));
  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setFault(undefined);
    try {
      onRead(await readFile(file, (name) => known.has(lookedUp(name))));
    } catch (error) {
      setFault(error instanceof UnreadableFile ? error.code : 'not-a-table');
    }
  }
  return (
    <div className="chooser">
      <input
        id="arrears-file"
        type="file"
        accept=".csv,.txt,.xlsx"
        className="hidden-file"
        onChange={(event) => void take(event.target.files?.[0])}
      />
      <label htmlFor="arrears-file" className="file-button">
        {t('choose')}
      </label>
      <span className="quiet">{t('choose-kinds')}</span>
      {fault !== undefined && <Alert role="alert" type="error" showIcon title={t(fault)} />}
    </div>
  );
}

function History() {
  const nameOf = useNames();
  const t = useTexts(IMPORT_TEXTS);
  const pages = usePages<ImportItem>('imports', '/imports', {}, 20);
  const number = (title: string, dataIndex: keyof ImportItem) => ({
    title,
    dataIndex,
    align: 'right' as const,
    render: (n: number) => <span className="number">{n.toLocaleString('en-US')}</span>,
  });
  const columns: TableColumnsType<ImportItem> = [
    { title: t('when'), dataIndex: 'startedAt', render: (at: string) => moment(at) },
    {
      title: t('file'),
      dataIndex: 'fileName',
      render: (name: string, { importId, finishedAt }) => (
        <>
          <Link to={`/imports/${encodeURIComponent(importId)}`}>{name}</Link>
          {finishedAt === null && <span className="quiet"> {t('under-way')}</span>}
        </>
      ),
    },
    { title: t('by'), dataIndex: 'importedBy', render: nameOf },
    number(t('read'), 'rowsRead'),
    number(t('new'), 'rowsNew'),
    number(t('changed'), 'rowsChanged'),
    number(t('same'), 'rowsSame'),
    number(t('bad'), 'rowsBad'),
  ];
  return (
    <>
      <Typography.Title level={2}>{t('history')}</Typography.Title>
      <List
        pages={pages}
        columns={columns}
        rowKey="importId"
        label={t('history')}
        empty={<Nothing what={t('none')} now={t('none-now')} />}
      />
    </>
  );
}

/** A file in, looked at and mapped before it is sent; and what earlier files did. */
export default function Imports() {
  const t = useTexts(IMPORT_TEXTS);
  const api = useApi();
  const { roles } = useMe();
  const [file, setFile] = useState<ReadFile>();
  const columns = useQuery({
    queryKey: ['import-columns'],
    staleTime: Infinity,
    queryFn: async () => (await api.get<{ items: ImportColumn[] }>('/import-columns')).items,
  });
  const mayImport = IMPORTERS.some((role) => roles.includes(role));
  return (
    <PageFrame title={t('title')} lead={t('lead')}>
      {mayImport ? (
        <Shown query={columns}>
          {(known) =>
            file === undefined ? (
              <Chooser columns={known} onRead={setFile} />
            ) : (
              <Preview key={file.fileName} file={file} columns={known} onBack={() => setFile(undefined)} />
            )
          }
        </Shown>
      ) : (
        <p className="quiet">{t('not-importer')}</p>
      )}
      <History />
    </PageFrame>
  );
}
