import { text, type Books, type Fault } from './books.ts';

/** Where each kind of command has to be found, as a set of the references it answered with. */
const FOUND: Readonly<Record<string, string>> = {
  launch: 'select case_id as ref from cases',
  permit: 'select permit_id as ref from permits',
  execution: 'select stop_id as ref from stops',
  'not-done': `select ticket_id as ref from tickets where not_done_reason is not null`,
  hold: 'select hold_id as ref from holds',
  'hold-ended': 'select hold_id as ref from holds where ended_at is not null',
  shield: 'select shield_id as ref from shields',
  service: 'select service_id as ref from services',
  'approval-decision': `select approval_id || ' ' || approver_id as ref from approval_decisions`,
  withdraw: `select case_id as ref from cases where status = 'closed'`,
  restored: 'select stop_id as ref from stops where restored_at is not null',
  'miss-explained': 'select stop_id as ref from restorations where miss_reason is not null',
};

/** A command answered 200 and lost. */
export async function checkCommands(
  books: Books,
): Promise<{ faults: Fault[]; answered: number; lost: number }> {
  const faults: Fault[] = [];
  for (const [kind, sql] of Object.entries(FOUND)) {
    const found = new Set((await books.db(sql)).map((row) => text(row, 'ref')));
    for (const command of books.journal.commands)
      if (command.kind === kind && !found.has(command.ref))
        faults.push(`${kind} ${command.ref}: answered, and lost`);
  }
  const unknown = books.journal.commands.filter(({ kind }) => !(kind in FOUND));
  if (unknown.length > 0) throw new Error(`nobody checks commands of kind ${unknown[0]?.kind ?? ''}`);
  return { faults, answered: books.journal.commands.length, lost: faults.length };
}
