import { useQuery } from '@tanstack/react-query';
import { App, Form, Input, Radio, Select } from 'antd';
import { useApi, useMe } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { SHIELD_TEXTS } from '../texts/shields.ts';
import { ActForm } from '../ui/act-form.tsx';

type Reach = 'account' | 'region' | 'class' | 'all';

interface Values {
  reach: Reach;
  accountNo?: string;
  region?: string;
  customerClass?: string;
  effect: string;
  orderNo: string;
  reason: string;
  from: string;
  to: string;
}

/** What the order reaches, of all that the form may have asked for. */
function reachOf({ reach, accountNo, region, customerClass }: Values): Record<string, string> {
  if (reach === 'account') return { accountNo: (accountNo ?? '').trim() };
  const ofClass = customerClass === undefined || customerClass === 'any' ? {} : { customerClass };
  if (reach === 'region') return { region: region ?? '', ...ofClass };
  return reach === 'class' ? ofClass : {};
}

function ReachFields({ reach }: { reach: Reach }) {
  const t = useTexts(SHIELD_TEXTS);
  const api = useApi();
  const centres = useQuery({
    queryKey: ['centres'],
    queryFn: async () => (await api.get<{ items: { region: string }[] }>('/centres', { limit: 200 })).items,
  });
  const needed = [{ required: true, whitespace: true, message: t('needed') }];
  const regions = [...new Set((centres.data ?? []).map(({ region }) => region))];
  const classes = ['resident', 'non-resident', ...(reach === 'region' ? ['any'] : [])];
  return (
    <>
      {reach === 'account' && (
        <Form.Item name="accountNo" label={t('account-no')} rules={needed}>
          <Input inputMode="numeric" maxLength={60} />
        </Form.Item>
      )}
      {reach === 'region' && (
        <Form.Item name="region" label={t('region')} rules={needed}>
          <Select showSearch options={regions.map((value) => ({ value, label: value }))} />
        </Form.Item>
      )}
      {(reach === 'region' || reach === 'class') && (
        <Form.Item name="customerClass" label={t('class')} rules={needed}>
          <Radio.Group options={classes.map((value) => ({ value, label: t.code(value, 'class.') }))} />
        </Form.Item>
      )}
    </>
  );
}

/** Sets a shield; in force from the answer on (L10). */
export function SetShield({ onClose }: { onClose: () => void }) {
  const t = useTexts(SHIELD_TEXTS);
  const { message } = App.useApp();
  const { isWholeCompany } = useMe();
  const [form] = Form.useForm<Values>();
  const reach = Form.useWatch('reach', form) ?? 'account';
  const act = useAct<Values, { reached: number; recalled: number }>(
    (api, values, key) => {
      const { effect, orderNo, reason, from, to } = values;
      return api.post('/shields', { ...reachOf(values), effect, orderNo, reason, from, to }, key);
    },
    {
      touches: [['shields'], ['cases'], ['stops']],
      onDone: ({ reached, recalled }) => {
        onClose();
        void message.success(t('set-done', { reached, recalled }), 6);
      },
    },
  );
  const needed = [{ required: true, whitespace: true, message: t('needed') }];
  const reaches: Reach[] = ['account', 'region', ...(isWholeCompany ? (['class', 'all'] as const) : [])];
  return (
    <ActForm<Values>
      form={form}
      isOpen
      title={t('add')}
      lead={t('add-lead')}
      verb={t('add')}
      isPending={act.isPending}
      error={act.error}
      initial={{ reach: 'account', effect: 'no-stop' }}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <Form.Item name="reach" label={t('reach')}>
        <Radio.Group options={reaches.map((value) => ({ value, label: t(`reach.${value}`) }))} />
      </Form.Item>
      <ReachFields reach={reach} />
      <Form.Item name="effect" label={t('effect')}>
        <Radio.Group
          options={['no-stop', 'no-late-fee', 'both'].map((value) => ({
            value,
            label: t.code(value, 'effect.'),
          }))}
        />
      </Form.Item>
      <Form.Item name="from" label={t('from')} rules={needed}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="to" label={t('to')} rules={needed}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="orderNo" label={t('order-no')} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="reason" label={t('reason')} rules={needed}>
        <Input.TextArea rows={2} maxLength={2_000} />
      </Form.Item>
    </ActForm>
  );
}
