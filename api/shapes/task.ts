import { z } from 'zod';

/** The act with which this person ends the task from a desk. */
export const taskAct = z.enum(['finish', 'decide-for-silent', 'explain-miss']).nullable().meta({
  description: 'what you can do to end it: a word, a decision, an explanation; null: it ends by its own fact',
});

export const taskItem = z
  .object({
    taskId: z.string(),
    kind: z.string(),
    role: z.string(),
    assignee: z.string().nullable(),
    ref: z.string().meta({ description: 'the notice, ticket or stop that it is about' }),
    caseId: z.string().nullable(),
    accountNo: z.string(),
    customerName: z.string(),
    address: z.string(),
    notBefore: z.string(),
    dueAt: z.string(),
    nowAt: z.string().meta({ description: 'case time, in which it becomes due' }),
    act: taskAct,
  })
  .meta({ id: 'Task' });
export type TaskItem = z.output<typeof taskItem>;
