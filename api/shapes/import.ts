import { z } from 'zod';

export const importCounts = {
  importId: z.string(),
  rowsRead: z.int(),
  rowsNew: z.int(),
  rowsChanged: z.int(),
  rowsSame: z.int(),
  rowsBad: z.int(),
};

export const importItem = z
  .object({
    ...importCounts,
    centreId: z.string(),
    fileName: z.string(),
    fileSha256: z.string(),
    importedBy: z.string(),
    startedAt: z.string(),
    finishedAt: z.string().nullable().meta({ description: 'null = under way, or broken off' }),
  })
  .meta({ id: 'Import' });
export type ImportItem = z.output<typeof importItem>;

export const importReject = z.object({
  rowNo: z.int().meta({ description: 'as a spreadsheet counts' }),
  field: z.string(),
  code: z.string(),
  text: z.string(),
});
export type ImportReject = z.output<typeof importReject>;

/** Each column that means something, with every name that a header may give it. */
export const importColumn = z.object({
  field: z.string(),
  names: z.array(z.string()).meta({ description: 'the Chinese name first' }),
  isRequired: z.boolean(),
});
export type ImportColumn = z.output<typeof importColumn>;
