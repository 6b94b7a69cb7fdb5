import { App, Checkbox, Form, Radio } from 'antd';
import { useAct } from '../../shared/api/use-act.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { FINISH_TEXTS } from '../texts/finish.ts';
import { WORDS } from '../texts/words.ts';
import { ActForm } from '../ui/act-form.tsx';
import type { ActableTask } from './task-act.tsx';
import { WordsField } from './words-field.tsx';

interface Props {
  readonly task: ActableTask;
  readonly onClose: () => void;
}

/** One POST that ends a task; afterwards all that shows it is read again. */
function useEnd<Values>(path: string, onClose: () => void) {
  const t = useTexts(FINISH_TEXTS);
  const { message } = App.useApp();
  return useAct<Values, unknown>((api, values, key) => api.post(path, values, key), {
    touches: [['tasks'], ['case'], ['cases'], ['account'], ['restorations']],
    onDone: () => {
      onClose();
      void message.success(t('done'));
    },
  });
}

/** A task that ends by a word: what was found and done. */
export function FinishForm({ task, onClose }: Props) {
  const t = useTexts(FINISH_TEXTS);
  const words = useTexts(WORDS);
  const act = useEnd<{ outcome: string }>(`/tasks/${encodeURIComponent(task.taskId)}/done`, onClose);
  return (
    <ActForm<{ outcome: string }>
      isOpen
      title={t('finish-title', { what: words.code(`task.${task.kind}`) })}
      lead={t('finish-lead')}
      verb={t('finish')}
      isPending={act.isPending}
      error={act.error}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <WordsField name="outcome" label={t('finish-outcome')} />
    </ActForm>
  );
}

interface Silent {
  decision: 'go-ahead' | 'refuse';
  reason: string;
}

/** Nobody is known to know of the stop: a senior says whether it goes ahead (T3.6). Nothing is chosen beforehand. */
export function SilentForm({ task, onClose }: Props) {
  const t = useTexts(FINISH_TEXTS);
  const act = useEnd<Silent>(`/cases/${encodeURIComponent(task.caseId ?? '')}/senior-decisions`, onClose);
  return (
    <ActForm<Silent>
      isOpen
      title={t('silent-title')}
      lead={t('silent-lead')}
      verb={t('decide-for-silent')}
      isPending={act.isPending}
      error={act.error}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <Form.Item name="decision" label={t('silent-which')} rules={[{ required: true, message: t('needed') }]}>
        <Radio.Group
          className="choices"
          options={['refuse', 'go-ahead'].map((value) => ({ value, label: t.code(value, 'silent.') }))}
        />
      </Form.Item>
      <WordsField name="reason" label={t('reason')} />
    </ActForm>
  );
}

interface Miss {
  reason: string;
  toldCustomer: boolean;
  toldLeader: boolean;
}

/** Why supply came back late, and who has been told (T3.3). */
export function MissForm({ task, onClose }: Props) {
  const t = useTexts(FINISH_TEXTS);
  const act = useEnd<Miss>(`/stops/${encodeURIComponent(task.ref)}/miss-explanation`, onClose);
  return (
    <ActForm<Miss>
      isOpen
      title={t('miss-title')}
      lead={t('miss-lead')}
      verb={t('explain-miss')}
      isPending={act.isPending}
      error={act.error}
      initial={{ toldCustomer: false, toldLeader: false }}
      onCancel={onClose}
      onSend={(values) => act.mutate(values)}
    >
      <WordsField name="reason" label={t('reason')} />
      {(['toldCustomer', 'toldLeader'] as const).map((name) => (
        <Form.Item key={name} name={name} valuePropName="checked">
          <Checkbox>{t(name === 'toldCustomer' ? 'told-customer' : 'told-leader')}</Checkbox>
        </Form.Item>
      ))}
    </ActForm>
  );
}
