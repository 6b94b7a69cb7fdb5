import { expect, test } from 'vitest';
import { explainedIn, judgeAudit } from '../../tools/audit/judge-audit.ts';
import { readDoc } from './tables.ts';

const found = (id: string) => ({
  vulnerabilities: {
    deep: {
      name: 'deep',
      via: [{ source: 1, name: 'deep', title: 'breaks', severity: 'high', url: `https://x.example/${id}` }],
    },
    above: { name: 'above', via: ['deep'] },
  },
});

test('a finding that nobody has explained fails, one that is explained does not', () => {
  const one = { id: 'GHSA-aaaa-bbbb-cccc', packageName: 'deep', severity: 'high', title: 'breaks' };
  const report = found('GHSA-aaaa-bbbb-cccc');
  expect(judgeAudit(report, [])).toMatchObject({ outcome: 'asked', unexplained: [one], explained: [] });
  expect(judgeAudit(report, [one.id])).toMatchObject({ unexplained: [], explained: [one], outdated: [] });
  expect(judgeAudit({ vulnerabilities: {} }, [one.id])).toMatchObject({
    unexplained: [],
    outdated: [one.id],
  });
});

test('a registry that cannot be asked is no clean bill', () => {
  for (const report of [undefined, 'x', {}, { message: '405 Method Not Allowed' }, { error: {} }])
    expect(judgeAudit(report, []).outcome).toBe('not-asked');
});

test('the table of explained findings is read, and says why for each', () => {
  expect(explainedIn('| `GHSA-aaaa-bbbb-cccc` | deep | why |\n| x |')).toEqual(['GHSA-aaaa-bbbb-cccc']);
  const doc = readDoc('docs/dependencies.md');
  expect(doc).toContain('## Findings of `npm run audit`');
  for (const id of explainedIn(doc))
    expect(doc).toMatch(new RegExp(`^\\| \`?${id}\`? \\| [^|]+ \\| [^|]{20,} \\|$`, 'm'));
});
