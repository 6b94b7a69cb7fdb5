import { App, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import type { CaseView } from '../../../api/shapes/case.ts';
import { useAct } from '../../shared/api/use-act.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CASE_TEXTS } from '../texts/cases.ts';
import { WORDS } from '../texts/words.ts';
import { ActForm } from '../ui/act-form.tsx';
import { Reasons, type Reason } from '../ui/parts.tsx';
import { handInProofs, namesOf, ProofField } from '../ui/proof-field.tsx';

interface Values {
  noticeId: string;
  method: string;
  /** As the input has it: Shanghai's own time, to the minute. */
  servedAt: string;
  claimsPaid?: boolean;
  meterNo?: string;
  witness?: string;
  circumstances?: string;
}

interface Answer {
  counts: boolean;
  reasons: Reason[];
  stopAt?: string;
}

const wallTime = (iso: string): string => moment(iso).replace(' ', 'T');
const instantOf = (wall: string): string => new Date(`${wall}+08:00`).toISOString();

const METHODS = ['signature', 'photo', 'refusal', 'letter', 'not-served'];

/** Records at the desk what a reader brings back on paper; at the door it is done on the phone. */
export function ServeForm(props: { view: CaseView; isOpen: boolean; onClose: () => void }) {
  const { view, isOpen, onClose } = props;
  const t = useTexts(CASE_TEXTS);
  const words = useTexts(WORDS);
  const { message, modal } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [files, setFiles] = useState<readonly File[]>([]);
  const method = Form.useWatch('method', form);
  const waiting = view.notices.filter(({ status }) => status === 'prepared');
  const shut = (): void => {
    setFiles([]);
    onClose();
  };
  const act = useAct<Values & { files: readonly string[] }, Answer>(
    async (api, { noticeId, method: way, servedAt, claimsPaid, meterNo, witness, circumstances }, key) => {
      const occurredAt = instantOf(servedAt);
      const values = {
        method: way,
        occurredAt,
        claimsPaid: claimsPaid === true,
        meterNo,
        witness,
        circumstances,
      };
      const proofs = await handInProofs(api, files);
      return api.post(`/notices/${encodeURIComponent(noticeId)}/services`, { ...values, proofs }, key);
    },
    {
      touches: [['case', view.caseId], ['tasks'], ['cases']],
      onDone: ({ counts, reasons, stopAt }) => {
        shut();
        if (!counts) void modal.warning({ title: t('serve-not'), content: <Reasons reasons={reasons} /> });
        else
          void message.success(
            stopAt === undefined ? t('serve-counts-plain') : t('serve-counts', { at: moment(stopAt) }),
          );
      },
    },
  );
  return (
    <ActForm<Values>
      form={form}
      isOpen={isOpen}
      title={t('serve-title')}
      verb={t('serve-title')}
      isPending={act.isPending}
      error={act.error}
      initial={{ noticeId: waiting[0]?.noticeId ?? '', method: 'signature', servedAt: wallTime(view.nowAt) }}
      onCancel={shut}
      onSend={(values) => act.mutate({ ...values, files: namesOf(files) })}
    >
      <Form.Item name="noticeId" label={t('serve-which')}>
        <Select
          options={waiting.map(({ noticeId, kind }) => ({
            value: noticeId,
            label: words.code(`notice.${kind}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="method" label={t('serve-how')}>
        <Select options={METHODS.map((value) => ({ value, label: words.code(`method.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="servedAt"
        label={t('serve-when')}
        extra={t('serve-when-why')}
        rules={[{ required: true, message: t('serve-when') }]}
      >
        <Input type="datetime-local" />
      </Form.Item>
      {method !== 'letter' && method !== 'not-served' && (
        <Form.Item
          name="meterNo"
          label={t('serve-meter')}
          rules={[{ required: true, message: t('meter-needed') }]}
        >
          <Input />
        </Form.Item>
      )}
      {method === 'refusal' && (
        <>
          <Form.Item name="witness" label={t('serve-witness')}>
            <Input />
          </Form.Item>
          <Form.Item name="circumstances" label={t('serve-circumstances')}>
            <Input.TextArea rows={2} />
          </Form.Item>
        </>
      )}
      {method !== 'letter' && (
        <Form.Item name="claimsPaid" valuePropName="checked">
          <Checkbox>{t('serve-claims-paid')}</Checkbox>
        </Form.Item>
      )}
      {method !== 'not-served' && <ProofField id="serve-proof" label={t('serve-proof')} onFiles={setFiles} />}
    </ActForm>
  );
}
