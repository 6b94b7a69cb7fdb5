import { Button } from 'antd';
import { useState } from 'react';
import type { TaskItem } from '../../../api/shapes/task.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { FINISH_TEXTS } from '../texts/finish.ts';
import { FinishForm, MissForm, SilentForm } from './task-forms.tsx';

export type ActableTask = Pick<TaskItem, 'taskId' | 'kind' | 'act' | 'caseId' | 'ref'>;

const FORMS = { finish: FinishForm, 'decide-for-silent': SilentForm, 'explain-miss': MissForm } as const;

/** The one act with which this person ends a task, where the API names one. */
export function TaskAct({ task }: { task: ActableTask }) {
  const t = useTexts(FINISH_TEXTS);
  const [isOpen, setOpen] = useState(false);
  if (task.act === null) return null;
  const Form = FORMS[task.act];
  return (
    <>
      <Button size="small" type="primary" onClick={() => setOpen(true)}>
        {t(task.act)}
      </Button>
      {isOpen && <Form task={task} onClose={() => setOpen(false)} />}
    </>
  );
}
