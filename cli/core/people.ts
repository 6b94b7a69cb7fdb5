import type { ApiClient } from './api-client.ts';
import type { Work } from './command.ts';
import { CliError, EXIT } from './exit.ts';
import { needDistrict } from './target.ts';

/**
 * Speaks as whoever the person named (--as, --token), else as somebody of the simulated district with this role in this
 * centre. @throws CliError 2 when nobody fits
 */
export async function actAs(work: Work, role: string, centreId: string): Promise<ApiClient> {
  const { target, options } = work;
  const isNamed = options.as !== undefined || options.token !== undefined;
  if (isNamed || target.stack === undefined || target.stack.simOrigin === null) return target.api;
  const people = await needDistrict(target).people();
  const person = people.find(
    ({ roles, centres }) =>
      roles.some((known) => known === role) && (centres === '*' || centres.includes(centreId)),
  );
  if (person === undefined)
    throw new CliError(`Nobody in ${centreId} is ${role}; say who with --as.`, EXIT.usage);
  work.err(`as ${person.personId} (${person.name}, ${role})`);
  return target.as(person.personId);
}
