import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { PaperItem } from '../../../api/shapes/paper.ts';
import { useAct } from '../../shared/api/use-act.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { REPORT_TEXTS } from '../texts/reports.ts';
import { ActForm } from '../ui/act-form.tsx';

interface Values {
  /** As the box of the browser gives it: local, to the minute. */
  receivedAt: string;
  receivedBy: string;
}

/** The receipt of a paper, or the form that records it. */
export function Receipt({ paper }: { paper: PaperItem }) {
  const t = useTexts(REPORT_TEXTS);
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const act = useAct<Values, unknown>(
    (api, { receivedAt, receivedBy }, key) =>
      api.post(
        `/papers/${encodeURIComponent(paper.paperKey)}/receipt`,
        { receivedAt: `${receivedAt}:00+08:00`, receivedBy },
        key,
      ),
    {
      touches: [['reports'], ['case']],
      onDone: () => {
        setOpen(false);
        void message.success(t('done'));
      },
    },
  );
  if (paper.receiptAt !== null)
    return (
      <span className="quiet small">
        {t('received-note', { who: paper.receiptBy ?? '', at: moment(paper.receiptAt) })}
      </span>
    );
  if (!paper.mayRecordReceipt) return null;
  const needed = [{ required: true, whitespace: true, message: t('needed') }];
  return (
    <>
      <Button size="small" type="primary" onClick={() => setOpen(true)}>
        {t('receipt')}
      </Button>
      <ActForm<Values>
        isOpen={isOpen}
        title={t('receipt')}
        lead={t('receipt-lead')}
        verb={t('receipt')}
        isPending={act.isPending}
        error={act.error}
        onCancel={() => setOpen(false)}
        onSend={(values) => act.mutate(values)}
      >
        <Form.Item name="receivedAt" label={t('received-at')} rules={needed}>
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item name="receivedBy" label={t('received-by')} rules={needed}>
          <Input maxLength={200} />
        </Form.Item>
      </ActForm>
    </>
  );
}
