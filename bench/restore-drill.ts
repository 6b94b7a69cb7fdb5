import setUp from '../test/support/global-setup.ts';
import { createTestDatabase } from '../test/support/database.ts';
import { drill } from '../test/operations/support/drill.ts';
import { timedReport } from '../tools/report.ts';

/** `node bench/restore-drill.ts`: loses a cluster and restores it, and prints what was found. Exit code 1 where anything differs. */
const tearDown = await setUp();
try {
  const outside = await createTestDatabase();
  const found = await drill(outside.ownerUrl, timedReport());
  await outside.drop();
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  const isSame = JSON.stringify(found.before) === JSON.stringify(found.after);
  const faults = [
    ...found.chains.broken,
    ...found.evidenceFaults,
    ...found.doubledMessages,
    ...found.doubledOrders,
    ...Object.values(found.outcomes).filter((outcome) => outcome === null),
  ];
  process.exitCode = isSame && faults.length === 0 ? 0 : 1;
} finally {
  await tearDown();
}
