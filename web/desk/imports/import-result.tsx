import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Space, Statistic, type TableColumnsType } from 'antd';
import { Link, useParams } from 'react-router';
import type { ImportItem, ImportReject } from '../../../api/shapes/import.ts';
import { useApi } from '../../shared/api/context.tsx';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { COLUMN_TEXTS } from '../texts/columns.ts';
import { IMPORT_TEXTS } from '../texts/imports.ts';
import { List } from '../ui/list.tsx';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { SaveFile } from '../ui/save-file.tsx';
import { usePages } from '../ui/use-pages.ts';

function Rejects({ importId }: { importId: string }) {
  const t = useTexts(IMPORT_TEXTS);
  const names = useTexts(COLUMN_TEXTS);
  const pages = usePages<ImportReject>(
    'imports',
    `/imports/${encodeURIComponent(importId)}/rejects`,
    {},
    100,
  );
  const columns: TableColumnsType<ImportReject> = [
    { title: t('row'), dataIndex: 'rowNo', width: 90 },
    { title: t('field'), dataIndex: 'field', width: 180, render: (field: string) => names.code(field) },
    { title: t('reason'), dataIndex: 'text' },
  ];
  return (
    <List
      pages={pages}
      columns={columns}
      rowKey={({ rowNo, field }) => `${rowNo} ${field}`}
      label={t('bad')}
      empty={null}
    />
  );
}

/** What one file did, and what is to be mended. */
export default function ImportResult() {
  const { importId = '' } = useParams();
  const t = useTexts(IMPORT_TEXTS);
  const api = useApi();
  const path = `/imports/${encodeURIComponent(importId)}`;
  const query = useQuery({ queryKey: ['imports', importId], queryFn: () => api.get<ImportItem>(path) });
  return (
    <Shown query={query}>
      {(done) => (
        <PageFrame
          title={t('result-title')}
          lead={done.fileName}
          extra={
            <Link to="/launch">
              <Button type="primary" tabIndex={-1}>
                {t('next-launch')}
              </Button>
            </Link>
          }
        >
          <Space size="large" wrap className="above">
            <Statistic title={t('read')} value={done.rowsRead} />
            <Statistic title={t('new')} value={done.rowsNew} />
            <Statistic title={t('changed')} value={done.rowsChanged} />
            <Statistic title={t('same')} value={done.rowsSame} />
            <Statistic title={t('bad')} value={done.rowsBad} />
          </Space>
          {done.rowsBad === 0 ? (
            <Alert showIcon type="success" title={t('all-good')} />
          ) : (
            <>
              <Alert
                showIcon
                type="warning"
                className="above"
                title={t('some-bad', { n: done.rowsBad })}
                action={
                  <SaveFile
                    path={`${path}/mend.csv`}
                    name={`${done.fileName.replace(/\.\w+$/, '')}-mend.csv`}
                  >
                    {t('mend')}
                  </SaveFile>
                }
              />
              <Rejects importId={importId} />
            </>
          )}
        </PageFrame>
      )}
    </Shown>
  );
}
