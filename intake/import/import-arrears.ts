import type { Readable } from 'node:stream';
import type { Intake } from '../deps.ts';
export function importArrears(
  _deps: Intake,
  _x: { stream: Readable; fileName: string; centreId: string; by: string },
): Promise<{
  importId: string;
  rowsRead: number;
  rowsNew: number;
  rowsChanged: number;
  rowsSame: number;
  rowsBad: number;
}> {
  return Promise.reject(new Error('not here yet'));
}
