import { Alert, App, Button, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ApprovalDossier } from '../../../api/shapes/approval.ts';
import { useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { SIGNERS } from '../../shared/roles.ts';
import { APPROVAL_TEXTS } from '../texts/approvals.ts';
import { WORDS } from '../texts/words.ts';
import { ActForm } from '../ui/act-form.tsx';
import { Reasons } from '../ui/parts.tsx';

type Decision = 'approve' | 'refuse';

interface Values {
  reason: string;
}

/** The two buttons, or every reason why this person does not sign now. */
export function Decide({ file }: { file: ApprovalDossier }) {
  const t = useTexts(APPROVAL_TEXTS);
  const words = useTexts(WORDS);
  const { message } = App.useApp();
  const me = useMe();
  const [decision, setDecision] = useState<Decision>();
  const act = useAct<Values & { decision: Decision }, { status: string }>(
    (api, values, key) =>
      api.post(`/approvals/${encodeURIComponent(file.approvalId)}/decisions`, values, key),
    {
      touches: [['approvals'], ['case', file.caseId]],
      onDone: ({ status }) => {
        setDecision(undefined);
        void message.success(t('signed-now', { status: words.code(`approval.${status}`) }));
      },
    },
  );
  const isSigner = SIGNERS.some((role) => me.roles.includes(role));
  if (!file.mayDecide.allowed)
    return (
      <Alert
        type="info"
        showIcon
        title={t('not-now')}
        description={<Reasons reasons={file.mayDecide.reasons} />}
      />
    );
  const open = (one: Decision) => () => {
    act.reset();
    setDecision(one);
  };
  return (
    <section className="decide">
      <Space orientation="vertical" className="actions">
        <Button type="primary" size="large" block onClick={open('approve')}>
          {t('approve')}
        </Button>
        <Button size="large" block danger onClick={open('refuse')}>
          {t('refuse')}
        </Button>
        {isSigner && <Link to="/delegations">{t('delegate')}</Link>}
      </Space>
      <ActForm<Values>
        isOpen={decision !== undefined}
        title={t(decision === 'refuse' ? 'refuse-title' : 'approve-title')}
        lead={t(decision === 'refuse' ? 'refuse-lead' : 'approve-lead')}
        verb={t(decision === 'refuse' ? 'refuse' : 'approve')}
        isDanger={decision === 'refuse'}
        isPending={act.isPending}
        error={act.error}
        onCancel={() => setDecision(undefined)}
        onSend={(values) => decision !== undefined && act.mutate({ ...values, decision })}
      >
        <Form.Item
          name="reason"
          label={t('reason')}
          rules={[{ required: true, whitespace: true, message: t('reason-needed') }]}
        >
          <Input.TextArea rows={3} maxLength={2_000} autoFocus />
        </Form.Item>
      </ActForm>
    </section>
  );
}
