import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeCompany } from '../../db/database.ts';
import { readStopFacts } from '../../db/facts/read-stop-facts.ts';
import type { Intake } from '../../intake/deps.ts';
import { recordSeniorDecision } from '../../intake/senior/record-senior-decision.ts';
import { makeStopCase, type StopCase } from './support/stop-case.ts';
import { COMPANY, STOP_AT_MS, openWorkbench, type Workbench } from './support/workbench.ts';

let bench: Workbench;
let intake: Intake;
beforeAll(async () => {
  bench = await openWorkbench();
  intake = { db: bench.db, vault: bench.deps.vault, scope: wholeCompany(COMPANY) };
});
afterAll(() => bench.close());

const silent = () => makeStopCase(bench, 'ticket', { isSilent: true });
const decide = (c: StopCase, over: Partial<Parameters<typeof recordSeniorDecision>[1]> = {}) =>
  recordSeniorDecision(intake, {
    ticketId: `ticket/${c.caseId}/1`,
    by: 'head-5',
    roles: ['station-head'],
    decision: 'go-ahead',
    reason: 'neighbours confirm that they are informed',
    ...over,
  });
const facts = (c: StopCase) => bench.tx((tx) => readStopFacts(tx, c.at(STOP_AT_MS)));

describe('recordSeniorDecision', () => {
  it('T3.6: a senior’s word stands in for the contact that never came, and is kept once', async () => {
    const c = await silent();
    expect((await facts(c)).seniorDecided).toBe(false);
    await decide(c);
    await decide(c);
    expect((await facts(c)).seniorDecided).toBe(true);
    await expect(decide(c, { by: 'head-6' })).rejects.toMatchObject({ code: 'already-decided', status: 409 });
  });

  it('T3.6: a refusal is no go-ahead and recalls the crew', async () => {
    const c = await silent();
    await decide(c, { decision: 'refuse' });
    expect(await facts(c)).toMatchObject({ seniorDecided: false, ticket: { status: 'recalled' } });
  });

  it.each([
    ['T3.6: a reader is no senior', { by: 'reader-2', roles: ['reader'] }, 'role-not-asked-for'],
    ['T3.4: nor is the applicant, whatever else he is', { by: 'reader-1' }, 'applicant-may-not-approve'],
    ['L7: a decision has a reason in words', { reason: ' ' }, 'decision-without-reason'],
    ['T2.3: without a ticket there is nothing to decide', { ticketId: 'ticket/none/1' }, 'unknown-ticket'],
  ])('%s', async (_, over, code) => {
    const c = await silent();
    await expect(decide(c, over)).rejects.toMatchObject({ code });
    expect((await facts(c)).seniorDecided).toBe(false);
  });
});
