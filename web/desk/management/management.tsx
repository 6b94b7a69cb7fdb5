import { App, Button, Segmented, Select, Space } from 'antd';
import { useState } from 'react';
import { serviceNowMs } from '../../shared/api/clock.ts';
import { problemOf } from '../../shared/api/problem.ts';
import { useMe } from '../../shared/api/context.tsx';
import { useNames } from '../../shared/api/use-names.ts';
import { civilDay } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { MANAGEMENT_TEXTS } from '../texts/management.ts';
import { WORDS } from '../texts/words.ts';
import { PageFrame, Shown } from '../ui/page-frame.tsx';
import { workbook } from './export.ts';
import { KeyNumbers } from './key-numbers.tsx';
import { RecoveredPicture, RestorationPicture, StagePicture } from './pictures.tsx';
import { CentreTable, ReaderTable } from './tables.tsx';
import { useFigures, useWindow, type Figures } from './use-figures.ts';
import './management.css';

function Filter({ window }: { window: ReturnType<typeof useWindow> }) {
  const t = useTexts(MANAGEMENT_TEXTS);
  const { centres } = useMe();
  return (
    <Space wrap className="above">
      {centres.length > 1 && (
        <Select
          aria-label={t('centre')}
          className="filter"
          value={window.centreId ?? ''}
          onChange={(value) => window.set('centreId', value)}
          options={[
            { value: '', label: t('any-centre') },
            ...centres.map(({ centreId, name }) => ({ value: centreId, label: name })),
          ]}
        />
      )}
      <Segmented
        aria-label={t('days')}
        value={window.days}
        onChange={(value) => window.set('days', value === 30 ? '' : String(value))}
        options={window.spans.map((value) => ({ value, label: t.code(String(value), 'days.') }))}
      />
    </Space>
  );
}

function Export({ figures, days }: { figures: Figures; days: number }) {
  const t = useTexts(MANAGEMENT_TEXTS);
  const words = useTexts(WORDS);
  const nameOf = useNames();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const { cases, recovered, restorations, readers } = figures;
  const isWhole =
    cases.data !== undefined &&
    recovered.data !== undefined &&
    restorations.data !== undefined &&
    readers.data !== undefined;
  async function save(): Promise<void> {
    if (!isWhole) return;
    setBusy(true);
    try {
      const today = civilDay(new Date(serviceNowMs()).toISOString());
      const data = {
        ...{ cases: cases.data, recovered: recovered.data },
        ...{ restorations: restorations.data, readers: readers.data },
      };
      const url = URL.createObjectURL(await workbook(data, { days, today }, t, words, nameOf));
      const link = document.createElement('a');
      Object.assign(link, { href: url, download: t('file-name', { day: today }) }).click();
      URL.revokeObjectURL(url);
    } catch (error) {
      void message.error(problemOf(error).title);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button
      disabled={!isWhole}
      title={isWhole ? undefined : t('not-yet')}
      loading={isBusy}
      onClick={() => void save()}
    >
      {t('export')}
    </Button>
  );
}

/** How collection stands: numbers first, pictures with their tables, then centre by centre and reader by reader. */
export default function Management() {
  const t = useTexts(MANAGEMENT_TEXTS);
  const window = useWindow();
  const { centreId, days } = window;
  const figures = useFigures(centreId, days);
  return (
    <PageFrame title={t('title')} lead={t('lead')} extra={<Export figures={figures} days={days} />}>
      <Filter window={window} />
      <KeyNumbers figures={figures} centreId={centreId} />
      <div className="figures">
        <Shown query={figures.cases}>{(data) => <StagePicture data={data} centreId={centreId} />}</Shown>
        <Shown query={figures.restorations}>{(data) => <RestorationPicture data={data} />}</Shown>
        <Shown query={figures.recovered}>{(data) => <RecoveredPicture data={data} days={days} />}</Shown>
        <Shown query={figures.cases}>{(data) => <CentreTable data={data} />}</Shown>
      </div>
      <Shown query={figures.readers}>{(data) => <ReaderTable data={data} />}</Shown>
    </PageFrame>
  );
}
