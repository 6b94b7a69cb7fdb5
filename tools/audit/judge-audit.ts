/** One advisory about a package that is installed. */
export interface Advisory {
  readonly id: string;
  readonly packageName: string;
  readonly severity: string;
  readonly title: string;
}

/** What an audit came to: what is known and explained, what is not, and what is explained and no longer there. */
export type Audited =
  | {
      readonly outcome: 'asked';
      readonly unexplained: readonly Advisory[];
      readonly explained: readonly Advisory[];
      readonly outdated: readonly string[];
    }
  | { readonly outcome: 'not-asked'; readonly why: string };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function advisoriesIn(vulnerabilities: Record<string, unknown>): Advisory[] {
  const found = new Map<string, Advisory>();
  for (const one of Object.values(vulnerabilities)) {
    const via: unknown[] = isObject(one) && Array.isArray(one['via']) ? one['via'] : [];
    // A name alone says that the fault lies in another package, which has a line of its own.
    for (const cause of via.filter(isObject)) {
      const id = /GHSA-[\w-]+/.exec(text(cause['url']))?.[0] ?? `npm-${String(cause['source'])}`;
      const { severity, title } = cause;
      found.set(id, { id, packageName: text(cause['name']), severity: text(severity), title: text(title) });
    }
  }
  return [...found.values()];
}

/** Ids of advisories that the table of explained findings names (`docs/dependencies.md`). */
export const explainedIn = (doc: string): string[] => [
  ...new Set([...doc.matchAll(/^\| `?(GHSA-[\w-]+|npm-\d+)`? \|/gm)].map(([, id = '']) => id)),
];

/** Judges what `npm audit --json` said. A registry that cannot be asked has said nothing: that is no clean bill. */
export function judgeAudit(report: unknown, explained: readonly string[]): Audited {
  if (!isObject(report)) return { outcome: 'not-asked', why: 'npm audit said nothing that can be read' };
  if (!isObject(report['vulnerabilities']))
    return { outcome: 'not-asked', why: text(report['message']) || 'no list of vulnerabilities' };
  const advisories = advisoriesIn(report['vulnerabilities']);
  const ids = new Set(advisories.map(({ id }) => id));
  return {
    outcome: 'asked',
    unexplained: advisories.filter(({ id }) => !explained.includes(id)),
    explained: advisories.filter(({ id }) => explained.includes(id)),
    outdated: explained.filter((id) => !ids.has(id)),
  };
}
