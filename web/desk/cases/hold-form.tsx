import { App, Button, Form, Input, Select } from 'antd';
import { problemOf } from '../../shared/api/problem.ts';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CASE_TEXTS } from '../texts/cases.ts';
import { WORDS } from '../texts/words.ts';
import { ActForm } from '../ui/act-form.tsx';

interface Values {
  kind: string;
  until?: string;
  about?: string;
  reason: string;
}

const KINDS = ['plan', 'deferral', 'guarantee', 'dispute', 'authority-order', 'claimed-payment', 'moved-out'];
const NEEDS_DAY = new Set(['plan', 'deferral']);
const MAY_HAVE_DAY = new Set([...NEEDS_DAY, 'authority-order']);
const END_OF_DAY = 'T23:59:59+08:00';
const UNDO_SECONDS = 10;

interface HoldSet {
  holdId: string;
  /** The ending with which this person may take it back; null: only another may. */
  takeBack: string | null;
}

/** Makes the procedure wait. Easy to undo: the message that it is done offers to take it back, to whom the API lets. */
export function HoldForm(props: { accountNo: string; isOpen: boolean; onClose: () => void }) {
  const { accountNo, isOpen, onClose } = props;
  const t = useTexts(CASE_TEXTS);
  const words = useTexts(WORDS);
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form) ?? 'plan';
  const touches = [['case'], ['account', accountNo], ['cases']];
  const undo = useAct<{ holdId: string; ending: string }, unknown>(
    (api, one, key) =>
      api.post(
        `/holds/${encodeURIComponent(one.holdId)}/end`,
        { ending: one.ending, reason: t('undo-reason') },
        key,
      ),
    { touches, onDone: () => void message.success(t('undone')) },
  );
  const takeBack = (holdId: string, ending: string): void => {
    void undo.mutateAsync({ holdId, ending }).catch((error: unknown) => {
      const { title, whatNow } = problemOf(error);
      void message.error(`${title} ${whatNow}`);
    });
  };
  const act = useAct<Values, HoldSet>(
    (api, { until, about, ...values }, key) =>
      api.post(
        `/accounts/${encodeURIComponent(accountNo)}/holds`,
        {
          ...values,
          ...(until === undefined || !MAY_HAVE_DAY.has(values.kind)
            ? {}
            : { until: `${until}${END_OF_DAY}` }),
          ...(values.kind === 'dispute' ? { about: about ?? 'billing' } : {}),
        },
        key,
      ),
    {
      touches,
      onDone: ({ holdId, takeBack: ending }) => {
        onClose();
        const key = `undo-${holdId}`;
        void message.open({
          key,
          type: 'success',
          duration: UNDO_SECONDS,
          content: (
            <>
              {t('done')}{' '}
              {ending !== null && (
                <Button
                  size="small"
                  onClick={() => {
                    message.destroy(key);
                    takeBack(holdId, ending);
                  }}
                >
                  {t('undo')}
                </Button>
              )}
            </>
          ),
        });
      },
    },
  );
  return (
    <ActForm<Values>
      form={form}
      isOpen={isOpen}
      title={t('hold-title')}
      lead={t('hold-lead')}
      verb={t('hold-title')}
      isPending={act.isPending}
      error={act.error}
      initial={{ kind: 'plan' }}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <Form.Item name="kind" label={t('hold-kind')}>
        <Select options={KINDS.map((value) => ({ value, label: words.code(`hold.${value}`) }))} />
      </Form.Item>
      {MAY_HAVE_DAY.has(kind) && (
        <Form.Item
          name="until"
          label={t('hold-until')}
          rules={NEEDS_DAY.has(kind) ? [{ required: true, message: t('date-needed') }] : []}
        >
          <Input type="date" />
        </Form.Item>
      )}
      {kind === 'dispute' && (
        <Form.Item name="about" label={t('hold-about')} initialValue="billing">
          <Select options={['billing', 'stop'].map((value) => ({ value, label: t.code(value, 'about.') }))} />
        </Form.Item>
      )}
      <Form.Item
        name="reason"
        label={t('reason')}
        rules={[{ required: true, whitespace: true, message: t('reason-needed') }]}
      >
        <Input.TextArea rows={3} maxLength={2_000} />
      </Form.Item>
    </ActForm>
  );
}
