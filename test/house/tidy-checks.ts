import path from 'node:path';

/** One file of the repository, by its path from the root. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Looks at all files at once and names each fault with its place. */
export type TidyCheck = (files: readonly SourceFile[]) => string[];

const maxLines = 300;
const isLockFile = ({ path: name }: SourceFile): boolean => name === 'package-lock.json';
const isHistory = ({ path: name }: SourceFile): boolean => name.startsWith('test/histories/');
const isPicture = ({ path: name }: SourceFile): boolean => /\.(png|pdf|ttf)$/.test(name);
/** The linter reads its table of who may import whom from one file. */
const isLintTable = ({ path: name }: SourceFile): boolean => name === '.oxlintrc.json';
const isTypeScript = ({ path: name }: SourceFile): boolean => /\.tsx?$/.test(name);
const isUnder =
  (folder: string) =>
  ({ path: name }: SourceFile): boolean =>
    name.startsWith(`${folder}/`);

// Comments become blanks of the same number of lines, so that a place stays a place.
const withoutComments = (text: string): string =>
  text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1');

/** Every line that matches, as `path:line: what stands there`. */
function linesMatching(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path: name, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${name}:${index + 1}: ${line.trim().slice(0, 100)}`] : [],
      ),
  );
}

/** A file nobody can hold in mind is split by meaning. */
export const longFiles: TidyCheck = (files) =>
  files
    .filter((file) => !isLockFile(file) && !isHistory(file) && !isPicture(file) && !isLintTable(file))
    .map(({ path: name, text }) => ({ name, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > maxLines)
    .map(({ name, lines }) => `${name}: ${lines} lines`);

/** A test that is left out looks like one that passes. */
export const testsLeftOut: TidyCheck = (files) =>
  linesMatching(
    files.filter((file) => isTypeScript(file) && isUnder('test')(file)),
    /\b(?:test|it|describe|suite)(?:\.\w+(?:\([^)]*\))?)*\.(?:only|skip|todo|skipIf|fails)\b|\b(?:fit|xit|xdescribe)\(/,
  );

/** The compiler is asked, not silenced: parse what is unknown. */
export const silencedTypes: TidyCheck = (files) =>
  linesMatching(
    files.filter(isTypeScript).map((file) => ({ ...file, text: withoutComments(file.text) })),
    /\bas any\b|[:<]\s*any\b(?=\s*[;,)>=\]|])/,
  );

/** Rules take the day as an argument and count in whole days (rules/calendar). */
export const clocksInRules: TidyCheck = (files) =>
  linesMatching(
    files.filter(isUnder('rules')).map((file) => ({ ...file, text: withoutComments(file.text) })),
    /\bDate\b|\bIntl\b|\btoLocale\w+|\bperformance\b|\bMath\.random\b/,
  );

/** What a person means to do is an issue, not a line in a file. */
export const unfinished: TidyCheck = (files) =>
  linesMatching(
    files.filter((file) => isTypeScript(file) || file.path.endsWith('.md')),
    new RegExp(String.raw`\b(?:TO${'DO'}|FIX${'ME'}|X${'XX'})\b`),
  );

const traces =
  /registry\.(?:npmjs|npmmirror|yarnpkg)|proxy\.golang|goproxy\.|"resolved": "http|\/(?:root|home\/[a-z]+|Users\/[a-z]+)\/|\/work\/(?:main|shared)/i;

/** Where packages come from, and where a checkout lies, is each machine's own matter. */
export const machineTraces: TidyCheck = (files) =>
  linesMatching(
    files.filter((file) => !isHistory(file) && file.path !== 'test/house/tidy-checks.ts'),
    traces,
  );

const tablesOfFiles = ['docs/features.md', 'docs/regulation/register.md', 'docs/architecture.md'];
const namedFile = /`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|mjs|sql|md|json|csv|yml))`/g;

/** A table that names a file which is not there promises something nobody does. */
export const missingFiles: TidyCheck = (files) => {
  const known = new Set(files.map(({ path: name }) => name));
  return files
    .filter(({ path: name }) => tablesOfFiles.includes(name))
    .flatMap(({ path: name, text }) =>
      [...text.matchAll(namedFile)]
        .map(([, target = '']) => target)
        .filter((target) => !known.has(target) && !known.has(path.posix.join(path.dirname(name), target)))
        .map((target) => `${name}: ${target} does not exist`),
    );
};

/** Each check with a file in which it must fire. */
export const checks: readonly (readonly [string, TidyCheck, SourceFile])[] = [
  ['no file is longer than 300 lines', longFiles, { path: 'api/long.ts', text: 'x\n'.repeat(301) }],
  ['no test is left out', testsLeftOut, { path: 'test/a.test.ts', text: `test.${'only'}('x', () => {});` }],
  ['no type is silenced', silencedTypes, { path: 'api/a.ts', text: `export const a = 1 as ${'any'};` }],
  ['rules read no clock', clocksInRules, { path: 'rules/a.ts', text: 'export const now = new Date();' }],
  ['nothing is left unfinished', unfinished, { path: 'api/a.ts', text: `// TO${'DO'} later` }],
  ['no machine leaves a trace', machineTraces, { path: 'docs/a.md', text: `see /${'root'}/x` }],
  [
    'every file named in a table exists',
    missingFiles,
    { path: 'docs/features.md', text: '| 1 | `rules/stop/is-gone.ts` |' },
  ],
];
