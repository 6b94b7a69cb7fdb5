import { z } from 'zod';

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
  })
  .meta({ id: 'Task' });
export type TaskItem = z.output<typeof taskItem>;
