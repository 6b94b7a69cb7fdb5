import { Alert, Button, Space, Typography } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AllowedAction, CaseView } from '../../../api/shapes/case.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CASE_TEXTS } from '../texts/cases.ts';
import { Reasons, WithReasons, Word } from '../ui/parts.tsx';
import { HoldForm } from './hold-form.tsx';
import { ServeForm } from './serve-form.tsx';
import { WithdrawForm } from './withdraw-form.tsx';

/** Acts of crews, who do them on their phones. */
const ON_PHONES = new Set(['request-permit', 'acknowledge-stand-down']);
type Form = 'withdraw' | 'hold' | 'serve-notice';

function StopNow({ action }: { action: AllowedAction }) {
  const t = useTexts(CASE_TEXTS);
  return (
    <Alert
      type={action.allowed ? 'warning' : 'info'}
      title={t('stop-now')}
      description={
        action.allowed ? (
          t('stop-now-yes')
        ) : (
          <>
            {t('stop-now-no')}
            <Reasons reasons={action.reasons} />
          </>
        )
      }
    />
  );
}

/** One button an action that the API names; what may not be done shows why. The page knows no rule. */
export function CaseActions({ view }: { view: CaseView }) {
  const t = useTexts(CASE_TEXTS);
  const navigate = useNavigate();
  const [form, setForm] = useState<Form>();
  const approval = view.approvals.findLast(({ status }) => status === 'pending');
  const begin: Readonly<Record<string, () => void>> = {
    withdraw: () => setForm('withdraw'),
    hold: () => setForm('hold'),
    'serve-notice': () => setForm('serve-notice'),
    'start-restoration': () => void navigate(`/service/${view.accountNo}`),
    'decide-approval': () => void navigate(`/approvals/${encodeURIComponent(approval?.approvalId ?? '')}`),
  };
  const close = (): void => setForm(undefined);
  const stop = view.allowedActions.find(({ action }) => action === 'stop');
  return (
    <>
      <Typography.Title level={2}>{t('actions')}</Typography.Title>
      <Space orientation="vertical" className="actions">
        {view.allowedActions
          .filter(({ action }) => action !== 'stop')
          .map(({ action, allowed, reasons }) => {
            const isElsewhere = ON_PHONES.has(action);
            return (
              <WithReasons key={action} reasons={allowed ? [] : reasons}>
                <Button
                  block
                  disabled={!allowed || isElsewhere}
                  title={isElsewhere && allowed ? t('on-phone') : undefined}
                  onClick={begin[action]}
                >
                  <Word of="action" code={action} />
                </Button>
              </WithReasons>
            );
          })}
        {stop !== undefined && <StopNow action={stop} />}
      </Space>
      <WithdrawForm view={view} isOpen={form === 'withdraw'} onClose={close} />
      <HoldForm accountNo={view.accountNo} isOpen={form === 'hold'} onClose={close} />
      <ServeForm view={view} isOpen={form === 'serve-notice'} onClose={close} />
    </>
  );
}
