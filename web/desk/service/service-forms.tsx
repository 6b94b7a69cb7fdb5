import { Form, Input, Radio, Select } from 'antd';
import { useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { LEADERS } from '../../shared/roles.ts';
import { SERVICE_TEXTS } from '../texts/service.ts';
import { ActForm } from '../ui/act-form.tsx';

const END_OF_DAY = 'T23:59:59+08:00';

interface Props {
  readonly accountNo: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** What to tell the clerk once it is done. */
  readonly onDone: (said: string) => void;
}

const touchesOf = (accountNo: string) => [['account', accountNo], ['cases'], ['stops'], ['restorations']];

function WordsField({ label }: { label: string }) {
  const t = useTexts(SERVICE_TEXTS);
  return (
    <Form.Item
      name="reason"
      label={label}
      rules={[{ required: true, whitespace: true, message: t('needed') }]}
    >
      <Input.TextArea rows={3} maxLength={2_000} />
    </Form.Item>
  );
}

/** The customer disagrees: the procedure waits, and the clock of the answer runs (L5). */
export function DisputeForm({ accountNo, isOpen, onClose, onDone }: Props) {
  const t = useTexts(SERVICE_TEXTS);
  const act = useAct<{ about: string; reason: string }, { decisionDueAt: string | null }>(
    (api, values, key) =>
      api.post(
        `/accounts/${encodeURIComponent(accountNo)}/holds`,
        { kind: 'dispute', about: values.about, reason: values.reason },
        key,
      ),
    {
      touches: touchesOf(accountNo),
      onDone: ({ decisionDueAt }) => {
        onClose();
        onDone(t('dispute-done', { at: moment(decisionDueAt) }));
      },
    },
  );
  return (
    <ActForm<{ about: string; reason: string }>
      isOpen={isOpen}
      title={t('dispute-title')}
      lead={t('dispute-lead')}
      verb={t('dispute-title')}
      isPending={act.isPending}
      error={act.error}
      initial={{ about: 'billing' }}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <Form.Item name="about" label={t('about')}>
        <Radio.Group
          options={['billing', 'stop'].map((value) => ({ value, label: t.code(value, 'about.') }))}
        />
      </Form.Item>
      <WordsField label={t('words')} />
    </ActForm>
  );
}

interface Cause {
  kind: string;
  until?: string;
  reason: string;
}

const CAUSES = ['plan', 'guarantee', 'authority-order', 'moved-out', 'danger'];
/** What is found against ourselves; the API takes it from those who answer for it (T3.4). */
const CAUSES_OF_LEADERS = ['wrongful-stop'];

/** Something other than money that brings supply back (T3.1). */
export function RestoreForm(props: Props & { stopId: string }) {
  const { accountNo, stopId, isOpen, onClose, onDone } = props;
  const t = useTexts(SERVICE_TEXTS);
  const { roles } = useMe();
  const isLeader = LEADERS.some((role) => roles.includes(role));
  const [form] = Form.useForm<Cause>();
  const kind = Form.useWatch('kind', form) ?? 'plan';
  const act = useAct<Cause, unknown>(
    (api, { until, ...values }, key) =>
      api.post(
        `/stops/${encodeURIComponent(stopId)}/restoration-triggers`,
        { ...values, ...(values.kind === 'plan' ? { until: `${until}${END_OF_DAY}` } : {}) },
        key,
      ),
    {
      touches: touchesOf(accountNo),
      onDone: () => {
        onClose();
        onDone(t('restore-done'));
      },
    },
  );
  return (
    <ActForm<Cause>
      form={form}
      isOpen={isOpen}
      title={t('restore-title')}
      lead={t('restore-lead')}
      verb={t('restore-title')}
      isPending={act.isPending}
      error={act.error}
      initial={{ kind: 'plan' }}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <Form.Item name="kind" label={t('cause')}>
        <Select
          options={[...CAUSES, ...(isLeader ? CAUSES_OF_LEADERS : [])].map((value) => ({
            value,
            label: t.code(value, 'cause.'),
          }))}
        />
      </Form.Item>
      {kind === 'plan' && (
        <Form.Item name="until" label={t('plan-until')} rules={[{ required: true, message: t('needed') }]}>
          <Input type="date" />
        </Form.Item>
      )}
      <WordsField label={t('words')} />
    </ActForm>
  );
}

export function DangerForm({ accountNo, isOpen, onClose, onDone }: Props) {
  const t = useTexts(SERVICE_TEXTS);
  const act = useAct<{ reason: string }, unknown>(
    (api, { reason }, key) => api.post(`/accounts/${encodeURIComponent(accountNo)}/danger`, { reason }, key),
    {
      touches: touchesOf(accountNo),
      onDone: () => {
        onClose();
        onDone(t('danger-done'));
      },
    },
  );
  return (
    <ActForm<{ reason: string }>
      isOpen={isOpen}
      title={t('danger-title')}
      lead={t('danger-lead')}
      verb={t('danger-title')}
      isDanger
      isPending={act.isPending}
      error={act.error}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <WordsField label={t('words')} />
    </ActForm>
  );
}

/** 灯亮了 (T3.3): ends the restoration, so it is asked twice. */
export function LightForm(props: Props & { stopId: string }) {
  const { accountNo, stopId, isOpen, onClose, onDone } = props;
  const t = useTexts(SERVICE_TEXTS);
  const act = useAct<string, unknown>(
    (api, id, key) =>
      api.post(
        `/stops/${encodeURIComponent(id)}/restored`,
        { proof: { kind: 'customer', saysLightIsOn: true } },
        key,
      ),
    {
      touches: touchesOf(accountNo),
      onDone: () => {
        onClose();
        onDone(t('light-done'));
      },
    },
  );
  return (
    <ActForm<object>
      isOpen={isOpen}
      title={t('light-title')}
      lead={t('light-lead')}
      verb={t('light-title')}
      isPending={act.isPending}
      error={act.error}
      onCancel={onClose}
      onSend={() => act.mutate(stopId)}
    >
      {null}
    </ActForm>
  );
}
