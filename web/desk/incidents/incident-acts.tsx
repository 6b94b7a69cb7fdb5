import { App, Form, Input } from 'antd';
import type { IncidentItem } from '../../../api/shapes/incident.ts';
import { useAct } from '../../shared/api/use-act.ts';
import { fenOf, plainYuan } from '../../shared/format/yuan-input.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { INCIDENT_TEXTS } from '../texts/incidents.ts';
import { ActForm } from '../ui/act-form.tsx';

export type IncidentAct = 'apology' | 'compensation' | 'cause' | 'close';

interface Update {
  apologised?: true;
  compensationFen?: number;
  cause?: string;
  close?: true;
}

interface Values {
  compensation?: string;
  cause?: string;
}

function bodyOf(what: IncidentAct, { compensation = '', cause = '' }: Values): Update {
  if (what === 'apology') return { apologised: true };
  if (what === 'close') return { close: true };
  return what === 'cause' ? { cause } : { compensationFen: fenOf(compensation) ?? 0 };
}

function Fields({ what }: { what: IncidentAct }) {
  const t = useTexts(INCIDENT_TEXTS);
  const needed = { required: true, whitespace: true, message: t('needed') };
  if (what === 'cause')
    return (
      <Form.Item name="cause" label={t('cause-words')} rules={[needed]}>
        <Input.TextArea rows={4} maxLength={2_000} autoFocus />
      </Form.Item>
    );
  if (what !== 'compensation') return null;
  const isSum = (_rule: unknown, value: string | undefined): Promise<void> =>
    (value ?? '').trim() === '' || fenOf(value ?? '') !== undefined
      ? Promise.resolve()
      : Promise.reject(new Error(t('not-a-sum')));
  return (
    <Form.Item name="compensation" label={t('compensation-yuan')} rules={[needed, { validator: isSum }]}>
      <Input inputMode="decimal" prefix="¥" autoFocus />
    </Form.Item>
  );
}

/** One of the acts that an incident asks for: apology, compensation, cause, and the closing (T3.4). */
export function IncidentForm(props: { incident: IncidentItem; what: IncidentAct; onClose: () => void }) {
  const { incident, what, onClose } = props;
  const t = useTexts(INCIDENT_TEXTS);
  const { message } = App.useApp();
  const act = useAct<Update, IncidentItem>(
    (api, body, key) => api.post(`/incidents/${encodeURIComponent(incident.incidentId)}`, body, key),
    {
      touches: [['incidents'], ['reports']],
      onDone: () => {
        onClose();
        void message.success(t('done'));
      },
    },
  );
  const title = what === 'close' ? t('close') : t(`act.${what}`);
  const fen = incident.compensationFen;
  return (
    <ActForm<Values>
      isOpen
      title={title}
      lead={what === 'cause' ? t('cause-owed') : t(`${what}-lead`)}
      verb={title}
      isPending={act.isPending}
      error={act.error}
      initial={{
        cause: incident.cause ?? '',
        ...(fen === null ? {} : { compensation: plainYuan(fen) }),
      }}
      onCancel={onClose}
      onSend={(values) => act.mutate(bodyOf(what, values))}
    >
      <Fields what={what} />
    </ActForm>
  );
}
