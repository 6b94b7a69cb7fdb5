import { moment, yuan } from '../../shared/format/format.ts';
import { ROLE_TEXTS } from '../../shared/roles.ts';
import { sayCode } from '../../shared/i18n/i18n.ts';
import type { Texts } from '../../shared/i18n/use-texts.ts';
import type { WORDS } from '../texts/words.ts';

/** Fields of an audit line that say something to a reader, with the family of words of their codes. */
const FAMILY: Readonly<Record<string, string>> = {
  kind: 'notice',
  method: 'method',
  classification: 'class',
  outcome: 'outcome',
  purpose: 'purpose',
  channel: 'channel',
  way: 'channel',
  status: 'approval',
};
const HIDDEN = /(?:Minutes|Id|Ids|Sha256|sha256|Hash|Key|^proofs|^ticket|^notice|^attempt|^question)$/;

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(value);

function textOf(name: string, value: unknown, words: Texts<typeof WORDS>): string {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return '';
  if (Array.isArray(value))
    return value
      .map((one) => textOf(name, one, words))
      .filter((text) => text !== '')
      .join('、');
  if (typeof value === 'object') return '';
  if (name.endsWith('Fen') && typeof value === 'number') return yuan(value);
  if (isInstant(value)) return moment(value);
  if (name === 'role' || name === 'roles')
    return String(value as string)
      .split(',')
      .map((role) => sayCode(ROLE_TEXTS, role))
      .join('、');
  const family = FAMILY[name];
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const code = String(value);
  if (family === undefined) return code;
  const known = words.code(`${family}.${code}`);
  if (!known.startsWith(`${family}.`)) return known;
  const hold = words.code(`hold.${code}`);
  return hold.startsWith('hold.') ? code : hold;
}

/** The details of a line in words: ids left out, money and times as people write them. */
export const detailOf = (detail: Readonly<Record<string, unknown>>, words: Texts<typeof WORDS>): string =>
  Object.entries(detail)
    .filter(([name]) => !HIDDEN.test(name))
    .map(([name, value]) => textOf(name, value, words))
    .filter((text) => text !== '')
    .join(' · ');
