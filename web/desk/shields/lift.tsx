import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { ShieldItem } from '../../../api/shapes/shield.ts';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { SHIELD_TEXTS } from '../texts/shields.ts';
import { ActForm } from '../ui/act-form.tsx';

interface Values {
  orderNo?: string;
}

/** Ends a shield; asked once more, for cases plan anew. */
export function Lift({ shield }: { shield: ShieldItem }) {
  const t = useTexts(SHIELD_TEXTS);
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const act = useAct<Values, unknown>(
    (api, { orderNo = '' }, key) =>
      api.post(
        `/shields/${encodeURIComponent(shield.shieldId)}/lift`,
        orderNo.trim() === '' ? {} : { orderNo },
        key,
      ),
    {
      touches: [['shields'], ['cases']],
      onDone: () => {
        setOpen(false);
        void message.success(t('lifted'));
      },
    },
  );
  if (!shield.mayLift) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('lift')}
      </Button>
      <ActForm<Values>
        isOpen={isOpen}
        title={t('lift-title')}
        lead={t('lift-lead')}
        verb={t('lift-title')}
        isDanger
        isPending={act.isPending}
        error={act.error}
        onCancel={() => setOpen(false)}
        onSend={(values) => act.mutate(values)}
      >
        <Form.Item name="orderNo" label={t('lift-order')}>
          <Input maxLength={200} autoFocus />
        </Form.Item>
      </ActForm>
    </>
  );
}
