import { expect, test } from 'vitest';
import { silent } from '../../tools/report.ts';
import { createTestDatabase } from '../support/database.ts';
import { drill } from './support/drill.ts';

test('72: a lost cluster is restored as it was archived, and every case goes on without a second act', async () => {
  const outside = await createTestDatabase();
  try {
    const found = await drill(outside.ownerUrl, silent);
    expect(found.after).toEqual(found.before);
    expect(found.before['audit']).toBeGreaterThan(50);
    expect(found.chains.chains).toBeGreaterThan(4);
    expect(found.chains.broken).toEqual([]);
    expect(found.evidenceFaults).toEqual([]);
    expect(found.evidenceParts[1]).toEqual(found.evidenceParts[0]);
    expect(found.outcomes).toEqual({
      'drill-approval': 'stopped',
      'drill-notice': 'stopped',
      'drill-dark': 'stopped',
      'drill-owed': 'stopped',
      'drill-late': 'stopped',
    });
    expect(found.doubledMessages).toEqual([]);
    expect(found.doubledOrders).toEqual([]);
    // Books and engine come from one moment: neither has a case that the other lacks.
    expect(found.differences.map(({ kind }) => kind)).not.toContain('case-without-workflow');
    expect(found.differences.map(({ kind }) => kind)).not.toContain('workflow-without-case');
  } finally {
    await outside.drop();
  }
}, 480_000);
