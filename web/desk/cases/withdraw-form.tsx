import { App, Form, Input } from 'antd';
import type { CaseView } from '../../../api/shapes/case.ts';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CASE_TEXTS } from '../texts/cases.ts';
import { ActForm } from '../ui/act-form.tsx';

interface Values {
  reason: string;
}

/** Ends a case: hard to undo, so it says what it does and asks for words. */
export function WithdrawForm(props: { view: CaseView; isOpen: boolean; onClose: () => void }) {
  const { view, isOpen, onClose } = props;
  const t = useTexts(CASE_TEXTS);
  const { message } = App.useApp();
  const act = useAct<Values, unknown>(
    (api, values, key) => api.post(`/cases/${encodeURIComponent(view.caseId)}/withdraw`, values, key),
    {
      touches: [['case', view.caseId], ['cases']],
      onDone: () => {
        onClose();
        void message.success(t('done'));
      },
    },
  );
  return (
    <ActForm<Values>
      isOpen={isOpen}
      title={t('withdraw-title')}
      lead={t('withdraw-lead')}
      verb={t('withdraw-title')}
      isDanger
      isPending={act.isPending}
      error={act.error}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <Form.Item
        name="reason"
        label={t('reason')}
        rules={[{ required: true, whitespace: true, message: t('reason-needed') }]}
      >
        <Input.TextArea rows={3} maxLength={2_000} autoFocus />
      </Form.Item>
    </ActForm>
  );
}
