import { timedReport } from '../report.ts';
import { forgetEngineMembers, markRestored } from './mark-restored.ts';

/**
 * `node tools/backup/after-restore.ts --since <instant>`: between the restore of the databases and the first start of the engine
 * and a worker. TEMPORAL_DATABASE_URL names the engine's own database where it was restored too.
 */
const [flag, value] = process.argv.slice(2);
const since = new Date(flag === '--since' ? (value ?? '') : '');
const ownerUrl = process.env['DATABASE_OWNER_URL'];
const engineUrl = process.env['TEMPORAL_DATABASE_URL'];
if (Number.isNaN(since.getTime()) || ownerUrl === undefined) {
  process.stderr.write(
    'Usage: DATABASE_OWNER_URL=… [TEMPORAL_DATABASE_URL=…] node tools/backup/after-restore.ts --since <ISO instant of the last archived WAL>\n',
  );
  process.exitCode = 2;
} else {
  const report = timedReport();
  const marked = await markRestored(ownerUrl, since);
  report(`${marked} messages will be asked for at the carrier before they are sent`);
  if (engineUrl !== undefined) await forgetEngineMembers(engineUrl);
  report(engineUrl === undefined ? 'the engine was not touched' : 'the engine forgets its hosts of before');
}
