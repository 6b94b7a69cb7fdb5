import { Alert, Button, Space, Typography } from 'antd';
import { useState } from 'react';
import type { ServiceView } from '../../../api/shapes/service.ts';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { Broken } from '../../shared/ui/broken.tsx';
import { SERVICE_TEXTS } from '../texts/service.ts';
import { WithReasons } from '../ui/parts.tsx';
import { DangerForm, DisputeForm, LightForm, RestoreForm } from './service-forms.tsx';

type Form = 'start-restoration' | 'dispute' | 'danger' | 'light-is-on';

interface Checked {
  unseenPayments: number;
  restorationOwed: boolean;
}

function saidOf({ unseenPayments, restorationOwed }: Checked) {
  if (restorationOwed) return 'checked-restoring' as const;
  return unseenPayments > 0 ? ('checked-found' as const) : ('checked-none' as const);
}

/** One button an action that the API names; what may not be done shows why. What came of it stays on the page. */
export function ServiceActions({ view }: { view: ServiceView }) {
  const t = useTexts(SERVICE_TEXTS);
  const { accountNo } = view;
  const stopId = view.stop?.stopId ?? '';
  const [form, setForm] = useState<Form>();
  const [said, setSaid] = useState<string>();
  const touches = [['account', accountNo], ['stops'], ['restorations']];
  const check = useAct<string, Checked>(
    (api, no, key) => api.post(`/accounts/${encodeURIComponent(no)}/payment-check`, {}, key),
    { touches, onDone: (answer) => setSaid(t(saidOf(answer), { n: answer.unseenPayments })) },
  );
  const safe = useAct<string, unknown>(
    (api, id, key) => api.post(`/stops/${encodeURIComponent(id)}/safety-confirmation`, {}, key),
    { touches, onDone: () => setSaid(t('safety-done')) },
  );
  const begin: Readonly<Record<string, () => void>> = {
    'check-payment': () => {
      setSaid(undefined);
      check.mutate(accountNo);
    },
    'confirm-safety': () => safe.mutate(stopId),
    'start-restoration': () => setForm('start-restoration'),
    dispute: () => setForm('dispute'),
    danger: () => setForm('danger'),
    'light-is-on': () => setForm('light-is-on'),
  };
  const busy: Readonly<Record<string, boolean>> = {
    'check-payment': check.isPending,
    'confirm-safety': safe.isPending,
  };
  const formOf = (which: Form) => ({
    accountNo,
    isOpen: form === which,
    onClose: () => setForm(undefined),
    onDone: setSaid,
  });
  const error = check.error ?? safe.error;
  return (
    <>
      <Typography.Title level={2}>{t('actions')}</Typography.Title>
      <Space orientation="vertical" className="actions">
        {view.allowedActions.map(({ action, allowed, reasons }) => (
          <WithReasons key={action} reasons={allowed ? [] : reasons}>
            <Button
              block
              type={action === 'check-payment' ? 'primary' : 'default'}
              danger={action === 'danger'}
              disabled={!allowed}
              loading={busy[action] ?? false}
              onClick={begin[action]}
            >
              {t.code(action, 'action.')}
            </Button>
          </WithReasons>
        ))}
      </Space>
      <div role="status" className="below">
        {said !== undefined && (
          <Alert type="info" title={said} closable={{ onClose: () => setSaid(undefined) }} />
        )}
      </div>
      {error !== null && <Broken problem={error} />}
      <DisputeForm {...formOf('dispute')} />
      <RestoreForm {...formOf('start-restoration')} stopId={stopId} />
      <DangerForm {...formOf('danger')} />
      <LightForm {...formOf('light-is-on')} stopId={stopId} />
    </>
  );
}
