import { App, Form, Input, Radio, Select } from 'antd';
import type { CreditFile } from '../../../api/shapes/credit-file.ts';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CREDIT_TEXTS } from '../texts/credit.ts';
import { CREDIT_WORDS } from '../texts/credit-words.ts';
import { ActForm } from '../ui/act-form.tsx';

interface Values {
  words: string;
  channel?: string;
  scheme?: string;
  recordId?: string;
}

const SCHEMES = ['grade', 'colour', 'score', 'record'];
const CHANNELS = ['hotline', 'counter', 'letter', 'web'];

/** Takes down what a customer says: an objection (adverse effects rest at once) or an application for repair. */
export function TakeDownForm(props: {
  file: CreditFile;
  kind: 'objections' | 'repairs' | undefined;
  onClose: () => void;
}) {
  const { file, kind, onClose } = props;
  const t = useTexts(CREDIT_TEXTS);
  const words = useTexts(CREDIT_WORDS);
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const scheme = Form.useWatch('scheme', form);
  const act = useAct<Values & { path: string }, unknown>(
    (api, { path, recordId, scheme: about, channel, words: said }, key) =>
      api.post(
        `/accounts/${encodeURIComponent(file.accountNo)}/credit/${path}`,
        path === 'repairs'
          ? { words: said, ...(recordId === undefined ? {} : { recordId }) }
          : {
              words: said,
              scheme: about,
              channel,
              ...(recordId === undefined ? {} : { subjectId: recordId }),
            },
        key,
      ),
    {
      touches: [['credit']],
      onDone: () => {
        onClose();
        void message.success(t('done'));
      },
    },
  );
  if (kind === undefined) return null;
  const isObjection = kind === 'objections';
  const records = file.records
    .filter(({ counts }) => counts)
    .map((one) => ({
      value: one.recordId,
      label: `${one.occurredOn} ${words.code(`record.${one.kind}`)} ${one.description}`,
    }));
  return (
    <ActForm<Values>
      isOpen
      form={form}
      title={t(isObjection ? 'take-objection' : 'take-repair')}
      lead={t(isObjection ? 'take-objection-lead' : 'take-repair-lead')}
      verb={t(isObjection ? 'take-objection' : 'take-repair')}
      isPending={act.isPending}
      error={act.error}
      initial={{ scheme: 'grade', channel: 'hotline' }}
      onCancel={onClose}
      onSend={(values) => act.mutate({ ...values, path: kind })}
    >
      {isObjection && (
        <>
          <Form.Item name="scheme" label={t('about')}>
            <Radio.Group
              options={SCHEMES.map((value) => ({ value, label: words.code(`scheme.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="channel" label={t('channel')}>
            <Radio.Group
              options={CHANNELS.map((value) => ({ value, label: words.code(`channel.${value}`) }))}
            />
          </Form.Item>
        </>
      )}
      {(!isObjection || scheme === 'record') && (
        <Form.Item
          name="recordId"
          label={t('which-record')}
          rules={isObjection ? [{ required: true, message: t('record-needed') }] : []}
        >
          <Select allowClear options={records} />
        </Form.Item>
      )}
      <Form.Item
        name="words"
        label={t('customer-words')}
        rules={[{ required: true, whitespace: true, message: t('reason-needed') }]}
      >
        <Input.TextArea rows={3} maxLength={2_000} />
      </Form.Item>
    </ActForm>
  );
}
