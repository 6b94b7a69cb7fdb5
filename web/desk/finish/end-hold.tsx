import { App, Button, Form, Radio } from 'antd';
import { useState } from 'react';
import type { HoldEnd } from '../../../api/shapes/hold.ts';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { FINISH_TEXTS } from '../texts/finish.ts';
import { WORDS } from '../texts/words.ts';
import { ActForm } from '../ui/act-form.tsx';
import { WithReasons } from '../ui/parts.tsx';
import { WordsField } from './words-field.tsx';

interface Values {
  ending: string;
  reason: string;
}

/** Ends a hold: a dispute decided, a claim checked, a plan kept or broken; or why this person does not. */
export function EndHold({ hold }: { hold: { holdId: string; kind: string; end: HoldEnd } }) {
  const t = useTexts(FINISH_TEXTS);
  const words = useTexts(WORDS);
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const { endings, reasons } = hold.end;
  const act = useAct<Values, unknown>(
    (api, values, key) => api.post(`/holds/${encodeURIComponent(hold.holdId)}/end`, values, key),
    {
      touches: [['case'], ['account'], ['tasks'], ['cases'], ['stops']],
      onDone: () => {
        setOpen(false);
        void message.success(t('done'));
      },
    },
  );
  if (endings.length === 0) return null;
  return (
    <>
      <WithReasons reasons={reasons}>
        <Button
          size="small"
          disabled={reasons.length > 0}
          onClick={() => {
            act.reset();
            setOpen(true);
          }}
        >
          {t('end-hold')}
        </Button>
      </WithReasons>
      <ActForm<Values>
        isOpen={isOpen}
        title={t('end-title', { what: words.code(`hold.${hold.kind}`) })}
        lead={t('end-lead')}
        verb={t('end-hold')}
        isPending={act.isPending}
        error={act.error}
        {...(endings.length === 1 && endings[0] !== undefined ? { initial: { ending: endings[0] } } : {})}
        onCancel={() => setOpen(false)}
        onSend={(values) => act.mutate(values)}
      >
        <Form.Item name="ending" label={t('end-how')} rules={[{ required: true, message: t('needed') }]}>
          <Radio.Group
            className="choices"
            options={endings.map((value) => ({ value, label: t.code(value, 'ending.') }))}
          />
        </Form.Item>
        <WordsField name="reason" label={t('reason')} />
      </ActForm>
    </>
  );
}
