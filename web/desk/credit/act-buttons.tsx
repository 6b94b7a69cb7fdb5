import { App, Button, Checkbox, Form, Input, Radio, Space } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CreditFile } from '../../../api/shapes/credit-file.ts';
import { useApi } from '../../shared/api/context.tsx';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CREDIT_TEXTS } from '../texts/credit.ts';
import { CREDIT_WORDS } from '../texts/credit-words.ts';
import { ActForm } from '../ui/act-form.tsx';
import { WithReasons, type Reason } from '../ui/parts.tsx';
import { ACTS, type ActSpec, type MatterName } from './acts.ts';

interface Values {
  choice?: string;
  recordIds?: string[];
  words?: string;
  corrected?: boolean;
  lateFeesPaid?: boolean;
  correctedOn?: string;
}

export interface Allowed {
  readonly action: string;
  readonly allowed: boolean;
  readonly reasons: readonly Reason[];
}

const bodyOf = (spec: ActSpec, values: Values): Record<string, unknown> => ({
  ...spec.fixed,
  ...(spec.choice === undefined ? {} : { [spec.choice.field]: values.choice }),
  ...(spec.words === undefined ? {} : { [spec.words]: values.words }),
  ...(spec.asksRecords === true ? { recordIds: values.recordIds ?? [] } : {}),
  ...(spec.asksCorrection === true
    ? {
        corrected: values.corrected === true,
        lateFeesPaid: values.lateFeesPaid === true,
        correctedOn: values.correctedOn,
      }
    : {}),
});

/** The records that count, to be named where one of them was wrong (L5). */
function WrongRecords({ accountNo }: { accountNo: string }) {
  const t = useTexts(CREDIT_TEXTS);
  const words = useTexts(CREDIT_WORDS);
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['credit', 'file', accountNo],
    queryFn: () => api.get<CreditFile>(`/accounts/${encodeURIComponent(accountNo)}/credit`),
  });
  const counting = (data?.records ?? []).filter(({ counts }) => counts);
  if (counting.length === 0) return null;
  return (
    <Form.Item name="recordIds" label={t('wrong-records')}>
      <Checkbox.Group
        options={counting.map(({ recordId, kind, occurredOn, description }) => ({
          value: recordId,
          label: `${occurredOn} ${words.code(`record.${kind}`)} ${description}`,
        }))}
      />
    </Form.Item>
  );
}

function Fields({ spec, accountNo }: { spec: ActSpec; accountNo: string }) {
  const t = useTexts(CREDIT_TEXTS);
  const words = useTexts(CREDIT_WORDS);
  return (
    <>
      {spec.choice !== undefined && (
        <Form.Item
          name="choice"
          label={t('choice')}
          rules={[{ required: true, message: t('choice-needed') }]}
        >
          <Radio.Group
            options={spec.choice.values.map((value) => ({ value, label: words.code(`choice.${value}`) }))}
          />
        </Form.Item>
      )}
      {spec.asksCorrection === true && (
        <>
          <Form.Item
            name="correctedOn"
            label={t('corrected-on')}
            rules={[{ required: true, message: t('day-needed') }]}
          >
            <Input type="date" />
          </Form.Item>
          <Form.Item name="corrected" valuePropName="checked">
            <Checkbox>{t('corrected')}</Checkbox>
          </Form.Item>
          <Form.Item name="lateFeesPaid" valuePropName="checked">
            <Checkbox>{t('late-fees-paid')}</Checkbox>
          </Form.Item>
        </>
      )}
      {spec.asksRecords === true && <WrongRecords accountNo={accountNo} />}
      {spec.words !== undefined && (
        <Form.Item
          name="words"
          label={t(spec.words === 'words' ? 'customer-words' : 'reason')}
          rules={[{ required: true, whitespace: true, message: t('reason-needed') }]}
        >
          <Input.TextArea rows={3} maxLength={2_000} />
        </Form.Item>
      )}
    </>
  );
}

/** A button for each act that the API names of this matter; what may not be done shows why. The page knows no rule. */
export function ActButtons(props: {
  of: MatterName;
  id: string;
  name: string;
  accountNo: string;
  actions: readonly Allowed[];
}) {
  const { of, id, name, accountNo, actions } = props;
  const t = useTexts(CREDIT_TEXTS);
  const words = useTexts(CREDIT_WORDS);
  const { message } = App.useApp();
  const [open, setOpen] = useState<string>();
  const spec = open === undefined ? undefined : ACTS[of][open];
  const act = useAct<{ verb: string; body: Record<string, unknown> }, unknown>(
    (api, { verb, body }, key) => api.post(`/credit/${of}/${encodeURIComponent(id)}/${verb}`, body, key),
    {
      touches: [['credit']],
      onDone: () => {
        setOpen(undefined);
        void message.success(t('done'));
      },
    },
  );
  const title = words.code(`act.${of}.${open ?? ''}`);
  return (
    <>
      <Space wrap>
        {actions.map(({ action, allowed, reasons }) => (
          <WithReasons key={action} reasons={allowed ? [] : reasons}>
            <Button
              size="small"
              disabled={!allowed}
              onClick={() => {
                act.reset();
                setOpen(action);
              }}
            >
              {words.code(`act.${of}.${action}`)}
            </Button>
          </WithReasons>
        ))}
      </Space>
      {spec !== undefined && (
        <ActForm<Values>
          isOpen
          title={`${title} · ${name}`}
          lead={words.code(`act-lead.${of}.${open ?? ''}`)}
          verb={title}
          isDanger={spec.isDanger === true}
          isPending={act.isPending}
          error={act.error}
          initial={{ corrected: true, lateFeesPaid: true }}
          onCancel={() => setOpen(undefined)}
          onSend={(values) => act.mutate({ verb: spec.verb, body: bodyOf(spec, values) })}
        >
          <Fields spec={spec} accountNo={accountNo} />
        </ActForm>
      )}
    </>
  );
}
