import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CliError, EXIT } from './exit.ts';

const text = z.string().trim().min(1).max(100);
const count = z.int().min(0).max(10_000);

const centre = z.strictObject({
  centreId: z.string().regex(/^[\w-]{1,60}$/, 'letters, digits, - and _ only'),
  name: text,
  region: text,
  crews: z.strictObject({ stopsPerDay: count, restorationsPerDay: count }).optional(),
});

const calendarYear = z.strictObject({
  year: z.int().min(2025).max(2100),
  source: text,
  offDays: z.array(z.iso.date()),
  workdays: z.array(z.iso.date()),
});

const shape = z.strictObject({
  name: text,
  centres: z
    .array(centre)
    .min(1)
    .refine(
      (all) => new Set(all.map(({ centreId }) => centreId)).size === all.length,
      'a centreId stands twice',
    ),
  calendar: z.array(calendarYear).default([]),
});

/** `examples/company.json`: name, centres with what their crews can do on a day, and published calendar years. */
export type CompanyFile = z.output<typeof shape>;

const at = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

/** Reads the file whole. @throws CliError 2 naming every field that is wrong, and why */
export function readCompanyFile(file: string): CompanyFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CliError(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      EXIT.usage,
    );
  }
  const checked = shape.safeParse(parsed);
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map((issue) => `  ${at(issue.path) || 'the file'}: ${issue.message}`);
  throw new CliError(`${file} is not a company file; nothing was written:\n${faults.join('\n')}`, EXIT.usage);
}
