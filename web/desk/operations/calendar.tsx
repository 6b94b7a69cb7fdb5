import { App, Button, Form, Input, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { CalendarYearItem } from '../../../api/shapes/operations.ts';
import { useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import type { StaffRole } from '../../shared/roles.ts';
import { CALENDAR_TEXTS } from '../texts/operations.ts';
import { ActForm } from '../ui/act-form.tsx';
import { List } from '../ui/list.tsx';
import { Nothing } from '../ui/nothing.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { usePages } from '../ui/use-pages.ts';

const SETTERS: readonly StaffRole[] = ['marketing-manager', 'company-head', 'operator'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

interface Values {
  year: string;
  source: string;
  offDays: string;
  workdays?: string;
}

const linesOf = (text = ''): string[] => text.split(/\s+/).filter((line) => line !== '');

function EnterYear({ onClose }: { onClose: () => void }) {
  const t = useTexts(CALENDAR_TEXTS);
  const { message } = App.useApp();
  const act = useAct<Values, unknown>(
    (api, { year, source, offDays, workdays }, key) =>
      api.post(
        '/calendar-years',
        { year: Number(year), source, offDays: linesOf(offDays), workdays: linesOf(workdays) },
        key,
      ),
    {
      touches: [['calendar'], ['operations']],
      onDone: () => {
        onClose();
        void message.success(t('done'));
      },
    },
  );
  const needed = { required: true, whitespace: true, message: t('needed') };
  const areDays = {
    validator: (_rule: unknown, text: string | undefined): Promise<void> =>
      linesOf(text).every((line) => DAY.test(line))
        ? Promise.resolve()
        : Promise.reject(new Error(t('not-days'))),
  };
  return (
    <ActForm<Values>
      isOpen
      title={t('add')}
      lead={t('add-lead')}
      verb={t('add')}
      isPending={act.isPending}
      error={act.error}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <Form.Item
        name="year"
        label={t('year')}
        rules={[needed, { pattern: /^\d{4}$/, message: t('not-a-year') }]}
      >
        <Input inputMode="numeric" maxLength={4} autoFocus />
      </Form.Item>
      <Form.Item name="source" label={t('source')} rules={[needed]}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="offDays" label={t('off')} rules={[needed, areDays]}>
        <Input.TextArea rows={5} />
      </Form.Item>
      <Form.Item name="workdays" label={t('worked')} rules={[areDays]}>
        <Input.TextArea rows={3} />
      </Form.Item>
    </ActForm>
  );
}

/** Published years of days off and of weekend days worked (L8). */
export default function Calendar() {
  const t = useTexts(CALENDAR_TEXTS);
  const { roles } = useMe();
  const [isEntering, setEntering] = useState(false);
  const maySet = SETTERS.some((role) => roles.includes(role));
  const pages = usePages<CalendarYearItem>('calendar', '/calendar-years');
  const columns: TableColumnsType<CalendarYearItem> = [
    { title: t('year'), dataIndex: 'year', width: 100 },
    { title: t('source'), dataIndex: 'source' },
    {
      title: t('days'),
      key: 'days',
      render: (_, { offDays, workdays }) => (
        <>
          <details>
            <summary>{t('off-n', { n: offDays.length })}</summary>
            <p className="small">{offDays.join('、')}</p>
          </details>
          {workdays.length > 0 && (
            <details>
              <summary>{t('worked-n', { n: workdays.length })}</summary>
              <p className="small">{workdays.join('、')}</p>
            </details>
          )}
        </>
      ),
    },
  ];
  return (
    <PageFrame
      title={t('title')}
      lead={t('lead')}
      extra={
        maySet && (
          <Button type="primary" onClick={() => setEntering(true)}>
            {t('add')}
          </Button>
        )
      }
    >
      <List
        pages={pages}
        columns={columns}
        rowKey={({ year }) => String(year)}
        label={t('title')}
        empty={<Nothing what={t('none')} now={t(maySet ? 'none-now' : 'none-look')} />}
      />
      {isEntering && <EnterYear onClose={() => setEntering(false)} />}
    </PageFrame>
  );
}
