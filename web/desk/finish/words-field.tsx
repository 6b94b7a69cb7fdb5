import { Form, Input } from 'antd';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { FINISH_TEXTS } from '../texts/finish.ts';

/** Words that are kept. */
export function WordsField({ name, label }: { name: string; label: string }) {
  const t = useTexts(FINISH_TEXTS);
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, whitespace: true, message: t('needed') }]}>
      <Input.TextArea rows={3} maxLength={2_000} />
    </Form.Item>
  );
}
