import { App, Form, Input } from 'antd';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { APPROVAL_TEXTS } from '../texts/approvals.ts';
import { ActForm } from '../ui/act-form.tsx';
import { Reasons, type Reason } from '../ui/parts.tsx';

interface Values {
  reason: string;
}

interface Answer {
  items: { approvalId: string; status: string | null; reasons: Reason[] }[];
}

interface Props {
  readonly approvalIds: readonly string[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onDone: (approved: number) => void;
}

/** Several signatures in one act; what the rules refuse is shown beside what was signed. */
export function TogetherForm({ approvalIds, isOpen, onClose, onDone }: Props) {
  const t = useTexts(APPROVAL_TEXTS);
  const { modal } = App.useApp();
  const act = useAct<Values & { approvalIds: readonly string[] }, Answer>(
    (api, values, key) => api.post('/approval-decisions', { ...values, decision: 'approve' }, key),
    {
      touches: [['approvals'], ['case'], ['cases']],
      onDone: ({ items }) => {
        const refused = items.filter(({ status }) => status === null);
        onDone(items.length - refused.length);
        if (refused.length > 0)
          void modal.warning({
            title: t('together-refused', { n: refused.length }),
            content: <Reasons reasons={refused.flatMap(({ reasons }) => reasons)} />,
          });
      },
    },
  );
  return (
    <ActForm<Values>
      isOpen={isOpen}
      title={t('together-title')}
      lead={t('approve-lead')}
      verb={t('together', { n: approvalIds.length })}
      isPending={act.isPending}
      error={act.error}
      onCancel={onClose}
      onSend={(values) => act.mutate({ ...values, approvalIds })}
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
