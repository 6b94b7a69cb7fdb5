import { AttemptSlips, CaseEnds, type CaseContext } from './context.ts';

/** Four eyes before the red notice goes out (T2.0, T3.4); an approval nobody gave in time is a new plan. */
export async function seekApproval(c: CaseContext): Promise<void> {
  c.stage = 'approval';
  const asked = await c.step((moment) => c.own.requestApproval(moment));
  const decided = await c.waitUntil(asked.expiresAtMs, (look) =>
    look.approval === 'approved' || look.approval === 'refused' ? look.approval : undefined,
  );
  if (decided === 'refused') throw new CaseEnds('refused-approval', 'approval refused');
  if (decided === undefined) throw new AttemptSlips('approval-expired');
}
