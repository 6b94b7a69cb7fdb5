import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newAccount } from '../support/town/account.ts';
import { must, person } from '../support/town/person.ts';
import { quiet, launch, walk, type Turn } from '../support/town/walk.ts';
import { rowsOf, startTown, type Town } from '../support/town/town.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town?.close());

const stageOf = async (caseId: string): Promise<string> =>
  (await must(person(town, 'leader-zhao').get<{ stage: string }>(`/cases/${caseId}`))).stage;

/** Reads the customer's newest mail and presses the button behind its link, as a person would. */
async function readTheNotice(email: string): Promise<number> {
  const mail = (await town.sim.books.mails(email)).at(-1);
  const link = /http:\S+\/l\/[\w-]+/.exec(mail?.text ?? '')?.[0] ?? '';
  // A scanner opens every link and means nothing by it.
  const page = await fetch(link);
  const action = /action="([^"]+\/read)"/.exec(await page.text())?.[1] ?? '';
  return (await fetch(new URL(action, link), { method: 'POST' })).status;
}

describe('L8: a mail to the agreed address', () => {
  test('counts as served once its reader says so, and only then', async () => {
    const email = 'reads@mail.test';
    const account = await newAccount(town, { agreedChannel: 'email', email });
    const caseId = await launch(town, account);
    let served = -1;
    let hasRead = false;
    await walk(town, account, caseId, {
      before: async (turn: Turn) => {
        if (turn.stage === 'yellow-service') return true;
        if (hasRead || (await town.sim.books.mails(email)).length === 0) return false;
        hasRead = true;
        [{ served = -1 } = {}] = await rowsOf<{ served: number }>(
          town,
          `select count(*)::int as served from notices where case_id = $1 and status = 'served'`,
          [caseId],
        );
        expect(await readTheNotice(email)).toBe(200);
        await quiet(town);
        return false;
      },
    });
    expect(hasRead).toBe(true);
    expect(served).toBe(0);
    const services = await rowsOf<{ method: string; recorded_by: string; counts: boolean }>(
      town,
      `select s.method, s.recorded_by, s.counts from services s join notices n using (notice_id) where n.case_id = $1`,
      [caseId],
    );
    expect(services).toEqual([{ method: 'electronic', recorded_by: 'customer', counts: true }]);
    expect(await stageOf(caseId)).toBe('yellow-service');
  });
});

describe('L5: a debt that billing itself calls disputed', () => {
  test('makes the case wait, day by day, and never closes it as paid', async () => {
    const account = await newAccount(town);
    // Before the launch, which goes by our mirror: the procedure asks billing itself at its first step.
    await town.sim.setDisputed(account.billId, true);
    const caseId = await launch(town, account);
    let days = 0;
    await walk(town, account, caseId, {
      before: async (turn: Turn) => {
        days += 1;
        expect(days < 4 && turn.stage !== 'opening').toBe(false);
        if (days === 4) await town.sim.setDisputed(account.billId, false);
        return turn.stage === 'yellow-service';
      },
    });
    expect(await stageOf(caseId)).toBe('yellow-service');
  });
});
