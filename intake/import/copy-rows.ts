import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { dayNumberOf, type CivilDate } from '../../rules/calendar/civil-date.ts';

/** A value of a column: text, bytea (Buffer), bigint (number), boolean, date (`{ day }`). */
export type CopyValue = string | Buffer | number | boolean | { readonly day: CivilDate } | null;

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** Days between the epochs of the database (2000) and of dayNumberOf (1970). */
const EPOCH_DAYS = 10_957;
const PIECE_BYTES = 65_536;

/** Rows in PostgreSQL's binary COPY format: sealed bytes go as they are, without being written out in hex. */
export interface CopyRows {
  readonly count: number;
  add(values: readonly CopyValue[]): void;
  /** Sends the rows. `target`: table with its columns, e.g. `stage (a, b)`. */
  send(client: pg.PoolClient | pg.Client, target: string): Promise<void>;
}

/** An empty batch. */
export function copyRows(): CopyRows {
  let bytes = Buffer.allocUnsafe(1 << 16);
  let used = SIGNATURE.copy(bytes);
  let count = 0;
  const room = (needed: number): void => {
    if (used + needed <= bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, used + needed));
    bytes.copy(larger, 0, 0, used);
    bytes = larger;
  };
  const put = (value: CopyValue): void => {
    if (value === null) used = bytes.writeInt32BE(-1, used);
    else if (typeof value === 'boolean') used = bytes.writeUInt8(value ? 1 : 0, bytes.writeInt32BE(1, used));
    else if (typeof value === 'number')
      used = bytes.writeBigInt64BE(BigInt(value), bytes.writeInt32BE(8, used));
    else if (typeof value === 'string') {
      const length = bytes.write(value, used + 4, 'utf8');
      used = bytes.writeInt32BE(length, used) + length;
    } else if (Buffer.isBuffer(value)) {
      used = bytes.writeInt32BE(value.length, used);
      used += value.copy(bytes, used);
    } else used = bytes.writeInt32BE(dayNumberOf(value.day) - EPOCH_DAYS, bytes.writeInt32BE(4, used));
  };
  // A UTF-16 unit takes three bytes at most.
  const mostBytes = (value: CopyValue): number =>
    typeof value === 'string' ? value.length * 3 + 4 : Buffer.isBuffer(value) ? value.length + 4 : 12;
  return {
    get count() {
      return count;
    },
    add(values) {
      room(values.reduce((sum: number, value) => sum + mostBytes(value), 2));
      used = bytes.writeInt16BE(values.length, used);
      for (const value of values) put(value);
      count += 1;
    },
    async send(client, target) {
      if (count === 0) return;
      room(2);
      const end = bytes.writeInt16BE(-1, used);
      const pieces = function* (): Generator<Buffer> {
        for (let at = 0; at < end; at += PIECE_BYTES)
          yield bytes.subarray(at, Math.min(end, at + PIECE_BYTES));
      };
      await pipeline(
        Readable.from(pieces()),
        client.query(copyFrom(`copy ${target} from stdin (format binary)`)),
      );
    },
  };
}
