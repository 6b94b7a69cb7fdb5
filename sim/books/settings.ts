import type { Statements } from './books.ts';

/** The value kept under `name`, or undefined. */
export async function readSetting<Value>(books: Statements, name: string): Promise<Value | undefined> {
  const [row] = await books.rows<{ value: Value }>('select value from setting where name = $1', [name]);
  return row?.value;
}

/** Keeps `value` under `name`, replacing what was there. */
export async function writeSetting(books: Statements, name: string, value: unknown): Promise<void> {
  await books.rows(
    'insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
    [name, JSON.stringify(value)],
  );
}

/** The value kept under `name`; made and kept on the first asking. Two that ask at once get the same one. */
export async function settingOrMade<Value>(
  books: Statements,
  name: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const kept = await readSetting<Value>(books, name);
  if (kept !== undefined) return kept;
  await books.rows('insert into setting (name, value) values ($1, $2) on conflict (name) do nothing', [
    name,
    JSON.stringify(await make()),
  ]);
  const made = await readSetting<Value>(books, name);
  if (made === undefined) throw new Error(`setting ${name} was not kept`);
  return made;
}
