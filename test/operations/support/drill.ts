import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { wholeCompany } from '../../../db/database.ts';
import type { EvidenceFile } from '../../../db/evidence/format.ts';
import { canonical } from '../../../db/evidence/format.ts';
import { verifyEvidence } from '../../../db/evidence/verify-evidence.ts';
import { verifyAuditChain } from '../../../db/reads/audit-chain.ts';
import { startSim } from '../../../sim/start-sim.ts';
import {
  archiveFolder,
  archiveNow,
  archiving,
  clusterOf,
  recovered,
  restoreBaseBackup,
  takeBaseBackup,
} from '../../../tools/backup/base-backup.ts';
import { forgetEngineMembers, markRestored } from '../../../tools/backup/mark-restored.ts';
import { startPostgres } from '../../../tools/postgres/start-postgres.ts';
import { freePorts } from '../../../tools/process/free-ports.ts';
import type { Report } from '../../../tools/report.ts';
import { must, person } from '../../support/town/person.ts';
import { stockTown } from '../../support/town/stock.ts';
import {
  begin,
  pay,
  restoreByCrew,
  seen,
  soon,
  walkOn,
  walkTo,
  walkToStop,
  type Story,
} from '../../support/town/story.ts';
import { COMPANY, rowsOf, type Town } from '../../support/town/town.ts';
import { newKeys, openHouse, startServers, type Servers } from './house.ts';
import { reconcile, type SeenDifference } from './look.ts';
import { programsOf } from './processes.ts';

/** Tables whose rows are counted before the loss and after the restore. */
const COUNTED = [
  ...['accounts', 'bills', 'cases', 'case_steps', 'notices', 'services', 'messages', 'approvals', 'tickets'],
  ...['permits', 'stops', 'restorations', 'payments', 'decisions', 'observations', 'audit', 'outbox'],
];

type Counts = Record<string, number>;

async function countsOf(town: Town): Promise<Counts> {
  const counts: Counts = {};
  for (const table of COUNTED)
    counts[table] =
      (await rowsOf<{ n: number }>(town, `select count(*)::int as n from ${table}`))[0]?.n ?? -1;
  return counts;
}

/** Every chain of the audit, each hash computed anew. */
async function brokenChains(town: Town): Promise<{ chains: number; broken: string[] }> {
  const chains = await rowsOf<{ id: string }>(town, 'select chain_id as id from audit_heads');
  const broken: string[] = [];
  for (const { id } of chains) {
    const verdict = await town.db.tx(wholeCompany(COMPANY), (tx) => verifyAuditChain(tx, id));
    if (!verdict.intact) broken.push(id);
  }
  return { chains: chains.length, broken };
}

const evidenceOf = (town: Town, stopId: string) =>
  must(person(town, 'auditor-lv').get<EvidenceFile>(`/stops/${encodeURIComponent(stopId)}/evidence`));

/** What the drill found; the caller judges it. */
export interface Drill {
  readonly before: Counts;
  readonly after: Counts;
  readonly chains: { chains: number; broken: string[] };
  readonly evidenceFaults: string[];
  /** What the file of one stop held before the loss, and after the restore, part by part. */
  readonly evidenceParts: [EvidenceFile['manifest']['parts'], EvidenceFile['manifest']['parts']];
  readonly differences: SeenDifference[];
  /** How each case that ran ended after the restore. */
  readonly outcomes: Record<string, string | null>;
  /** Messages by phone, orders by ticket: how often the outside got each. */
  readonly doubledMessages: string[];
  readonly doubledOrders: string[];
  readonly restoredSeconds: number;
}

/** SIGKILL, as a machine that is lost: nothing is flushed, nobody is told. */
const lose = (pid: number | undefined): void => {
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
};

/**
 * Runs a district on a cluster that archives its WAL, takes a base backup under load, goes on, loses every server, restores them
 * and lets every case go on; the outside world forgets nothing meanwhile.
 */
export async function drill(outsideUrl: string, report: Report): Promise<Drill> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fudian-drill-'));
  const at = (name: string): string => path.join(folder, name);
  const closers: (() => Promise<unknown> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  let house: Town | undefined;
  const town = (): Town => {
    if (house === undefined) throw new Error('the house is not open');
    return house;
  };
  const programs = programsOf(town);
  closers.push(() => programs.close());
  try {
    const [apiPort = 0] = await freePorts(1);
    const kept = { apiPort, blobs: at('blobs'), ...newKeys() };
    mkdirSync(kept.blobs);
    const district = await startSim({ databaseUrl: outsideUrl, paceMs: 2, companyId: COMPANY });
    closers.push(() => district.close());
    const archive = archiveFolder(at('postgres'));
    closers.push(() => rmSync(archive, { recursive: true, force: true }));
    const first = await startServers(
      { postgres: at('postgres'), temporal: at('temporal') },
      archiving(archive),
    );
    let servers: Servers = first;
    closers.push(async () => {
      await servers.temporal.stop();
      await servers.postgres.stop();
    });
    house = await openHouse(first, district, kept);
    await stockTown(house.db.tx.bind(house.db), first.ownerUrl);
    const worker = await programs.start('worker');
    const api = await programs.start('api', { API_PORT: String(apiPort) });
    await district.setPublicUrl(house.apiUrl);
    report('a district runs');

    const stories = {
      approval: await begin(house, 'drill-approval'),
      notice: await begin(house, 'drill-notice', { agreedChannel: 'sms' }),
      dark: await begin(house, 'drill-dark'),
      owed: await begin(house, 'drill-owed'),
    };
    const [, , dark, owed] = await Promise.all([
      walkTo(stories.approval, 'approval'),
      walkTo(stories.notice, 'notice-period'),
      walkToStop(stories.dark),
      walkToStop(stories.owed),
    ]);
    const exported = await evidenceOf(house, dark.stopId);
    // Under load: a case walks while the files are copied.
    const late: Story = await begin(house, 'drill-late', { agreedChannel: 'sms' });
    const walking = walkTo(late, 'yellow-period');
    const { bytes } = await takeBaseBackup(first.postgres.superuserUrl, at('postgres'), at('backup'));
    await walking;
    report(`base backup of ${Math.round(bytes / 2 ** 20)} MB under load`);

    // After the backup, in the archive: money, and the light that it owes.
    await pay(stories.owed);
    await soon(
      () =>
        rowsOf(town(), `select 1 from tickets where stop_id = $1 and status = 'dispatched'`, [owed.stopId]),
      (rows) => rows.length === 1,
    );
    const before = await countsOf(house);
    await archiveNow(first.postgres.superuserUrl);
    const archivedAt = new Date();
    cpSync(kept.blobs, at('blobs-copy'), { recursive: true });
    report('archived; what follows is lost');
    await walkTo(stories.notice, 'ticket').catch(() => undefined);

    for (const pid of [worker.pid, api.pid, first.temporal.pid, first.postgres.pid]) lose(pid);
    await house.close();
    house = undefined;
    rmSync(clusterOf(at('postgres')), { recursive: true, force: true });
    rmSync(kept.blobs, { recursive: true });
    report('worker, API, engine and database are gone, the files with them');

    const sinceMs = performance.now();
    const secret = readFileSync(path.join(at('postgres'), 'superuser.secret'), 'utf8').trim();
    restoreBaseBackup({ backup: at('backup'), archive, dataDir: at('postgres-2'), superuserSecret: secret });
    cpSync(at('blobs-copy'), kept.blobs, { recursive: true });
    const rolled = await startServersAgain(at);
    servers = rolled;
    house = await openHouse(rolled, district, kept);
    const restoredSeconds = (performance.now() - sinceMs) / 1000;
    const after = await countsOf(house);
    const chains = await brokenChains(house);
    await markRestored(rolled.ownerUrl, archivedAt);
    await programs.start('worker');
    await programs.start('api', { API_PORT: String(apiPort) });
    report(`restored in ${restoredSeconds.toFixed(1)} s; cases go on`);

    const again = (story: Story): Story => ({ ...story, town: town() });
    const evidence = await evidenceOf(house, dark.stopId);
    const differences = await reconcile(house, false);
    await restoreByCrew(again(stories.owed), owed.stopId);
    await Promise.all([stories.approval, stories.notice, late].map((story) => walkOn(again(story))));
    const outcomes: Drill['outcomes'] = {};
    for (const story of [...Object.values(stories), late])
      outcomes[story.name] = (await seen(again(story))).outcome;
    const orders = (await house.sim.books.orders()).map(({ order }) => order.ticketId);
    const texts = (await house.sim.books.messages()).map(({ to, text }) => `${to} ${text}`);
    const doubled = (all: string[]) => all.filter((one, index) => all.indexOf(one) !== index);
    return {
      ...{ before, after, chains, differences, outcomes, restoredSeconds },
      evidenceFaults: verifyEvidence(canonical(evidence)),
      evidenceParts: [exported.manifest.parts, evidence.manifest.parts],
      doubledMessages: doubled(texts),
      doubledOrders: doubled(orders),
    };
  } finally {
    await house?.close();
    for (const close of closers.reverse()) await close();
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
  }

  /** The same folder for the engine: in production it comes back under the address that everybody knows. */
  async function startServersAgain(where: (name: string) => string): Promise<Servers> {
    const postgres = await startPostgres({ dataDir: where('postgres-2'), durable: true });
    await recovered(postgres.superuserUrl);
    const engineUrl = new URL(postgres.superuserUrl);
    engineUrl.pathname = '/temporal';
    await forgetEngineMembers(engineUrl.href);
    await postgres.stop();
    return startServers({ postgres: where('postgres-2'), temporal: where('temporal') }, {});
  }
}
