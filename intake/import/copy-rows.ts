import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { dayNumberOf, type CivilDate } from '../../rules/calendar/civil-date.ts';

/** A value of a column: text, bytea (Buffer), bigint (number), boolean, date (`{ day }`), bigint[] (`{ words }`, eight bytes each). */
export type CopyValue =
  string | Buffer | number | boolean | { readonly day: CivilDate } | { readonly words: Buffer } | null;

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** Days between the epochs of the database (2000) and of dayNumberOf (1970). */
const EPOCH_DAYS = 10_957;
const PIECE_BYTES = 65_536;
const BIGINT_OID = 20;
const WORD_BYTES = 8;
/** Length of the value, dimensions, flags, type, number of words, first index. */
const ARRAY_HEAD_BYTES = 24;

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
  const putWords = (words: Buffer): void => {
    const many = words.length / WORD_BYTES;
    const valueBytes = many === 0 ? 12 : 20 + many * (4 + WORD_BYTES);
    for (const part of [valueBytes, many === 0 ? 0 : 1, 0, BIGINT_OID]) used = bytes.writeInt32BE(part, used);
    if (many === 0) return;
    used = bytes.writeInt32BE(1, bytes.writeInt32BE(many, used));
    for (let at = 0; at < words.length; at += WORD_BYTES) {
      used = bytes.writeInt32BE(WORD_BYTES, used);
      used += words.copy(bytes, used, at, at + WORD_BYTES);
    }
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
    } else if ('words' in value) putWords(value.words);
    else used = bytes.writeInt32BE(dayNumberOf(value.day) - EPOCH_DAYS, bytes.writeInt32BE(4, used));
  };
  // A UTF-16 unit takes three bytes at most.
  const mostBytes = (value: CopyValue): number => {
    if (typeof value === 'string') return value.length * 3 + 4;
    if (Buffer.isBuffer(value)) return value.length + 4;
    return typeof value === 'object' && value !== null && 'words' in value
      ? ARRAY_HEAD_BYTES + value.words.length * 2
      : 12;
  };
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
