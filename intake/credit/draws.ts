import { createHash } from 'node:crypto';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { json, type Tx } from '../../db/database.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import { DRAW_CLASSES, DRAW_METHOD, drawClassOf, drawOf, type DrawClass } from '../../rules/credit/draw.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { deskNowMs, keepDeskRecord } from '../desk/keep-desk-record.ts';

/**
 * Announces the draw of a year before the seed exists (G3.5): which public number, of which day, will be the seed.
 * @throws IntakeRefused `draw-announced` (409)
 */
export function announceDraw(
  intake: Intake,
  fact: { year: number; seedSource: string; by: string },
): Promise<{ drawId: string }> {
  const { companyId } = intake.scope;
  return intake.db.tx(intake.scope, async (tx) => {
    const { consequences } = await readCreditPolicy(tx, companyId, civilDateAt(await deskNowMs(tx)));
    const drawId = `draw/${companyId}/${fact.year}`;
    const stored = await tx.run(
      `insert into credit_draws (draw_id, company_id, year, seed_source, announced_by, share_permille, method)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [drawId, companyId, fact.year, fact.seedSource, fact.by, consequences.drawPermille, DRAW_METHOD],
    );
    if (stored === 0) throw new IntakeRefused('draw-announced', 409, { year: fact.year });
    await keepDeskRecord(tx, companyId, {
      action: 'credit.draw-announced',
      by: fact.by,
      body: { drawId, seedSource: fact.seedSource, method: DRAW_METHOD },
    });
    return { drawId };
  });
}

interface Entry {
  accountId: string;
  centreId: string;
  category: string;
  customerClass: 'resident' | 'non-resident';
}

/** Whoever is A now, and lives here; in the order of their ids, as the list is published. */
const readPopulation = (tx: Tx): Promise<Entry[]> =>
  tx.rows<Entry>(
    `select s.account_id as "accountId", s.centre_id as "centreId", a.category, a.customer_class as "customerClass"
       from credit_standings s join accounts a using (account_id)
      where s.grade = 'A' and a.moved_out_on is null
        and not exists (select from account_merges m where m.from_account = s.account_id)
      order by s.account_id collate "C"`,
  );

/** Each winner is somebody's work: certificate and reward. */
const AWARD = `
insert into tasks (task_id, company_id, centre_id, case_id, account_id, kind, role, ref, not_before, due_at, occurred_at)
select 'task/' || e.draw_id || '/' || e.account_id, e.company_id, e.centre_id, null, e.account_id, 'credit-draw-award',
       'marketing-manager', e.draw_id, clock_timestamp(), clock_timestamp() + interval '60 days', clock_timestamp()
  from credit_draw_entries e where e.draw_id = $1 and e.won
on conflict do nothing`;

/**
 * Draws with the seed that has become public; whoever announced it does not draw. @throws IntakeRefused `unknown-draw` (404),
 * `four-eyes`, `already-drawn` (409)
 */
export function drawWinners(
  intake: Intake,
  fact: { year: number; seed: string; by: string },
): Promise<{
  drawId: string;
  classes: Record<string, { population: number; winners: number; populationSha256: string }>;
}> {
  const { companyId } = intake.scope;
  return intake.db.tx(intake.scope, async (tx) => {
    const draw = await tx.row<{
      draw_id: string;
      seed: string | null;
      share_permille: number;
      announced_by: string;
    }>(
      'select draw_id, seed, share_permille, announced_by from credit_draws where company_id = $1 and year = $2 for update',
      [companyId, fact.year],
    );
    if (draw === undefined) throw new IntakeRefused('unknown-draw', 404, { what: 'draw' });
    if (draw.seed !== null) throw new IntakeRefused('already-drawn', 409);
    if (draw.announced_by === fact.by) throw new IntakeRefused('four-eyes', 409);
    const population = await readPopulation(tx);
    const centreOf = new Map(population.map(({ accountId, centreId }) => [accountId, centreId]));
    const classes: Record<string, { population: number; winners: number; populationSha256: string }> = {};
    const entries: { accountId: string; centreId: string; class: DrawClass; rank: number; won: boolean }[] =
      [];
    for (const drawClass of DRAW_CLASSES) {
      const ids = population
        .filter((one) => drawClassOf(one.category, one.customerClass) === drawClass)
        .map(({ accountId }) => accountId);
      const drawn = drawOf(fact.seed, drawClass, ids, draw.share_permille);
      for (const { id, rank, won } of drawn)
        entries.push({ accountId: id, centreId: centreOf.get(id) ?? '', class: drawClass, rank, won });
      classes[drawClass] = {
        population: ids.length,
        winners: drawn.filter(({ won }) => won).length,
        populationSha256: createHash('sha256').update(ids.join('\n')).digest('hex'),
      };
    }
    await tx.run(
      `insert into credit_draw_entries (company_id, centre_id, draw_id, account_id, class, rank, won)
       select $1, x."centreId", $2, x."accountId", x.class, x.rank, x.won
         from jsonb_to_recordset($3::jsonb) as x ("accountId" text, "centreId" text, class text, rank integer, won boolean)`,
      [companyId, draw.draw_id, json(entries)],
    );
    await tx.run(
      `update credit_draws set seed = $2, classes = $3, drawn_by = $4, drawn_at = clock_timestamp() where draw_id = $1`,
      [draw.draw_id, fact.seed, json(classes), fact.by],
    );
    await tx.run(AWARD, [draw.draw_id]);
    await keepDeskRecord(tx, companyId, {
      action: 'credit.drawn',
      by: fact.by,
      body: { drawId: draw.draw_id, seed: fact.seed, classes },
    });
    return { drawId: draw.draw_id, classes };
  });
}
