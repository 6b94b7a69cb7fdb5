const AS_WRITTEN = /^(?<yuan>\d{1,9})(?:\.(?<part>\d{1,2}))?$/;

/** Whole fen of a sum as people write it, `200` or `200.50`; undefined where it is none. */
export function fenOf(text: string): number | undefined {
  const written = AS_WRITTEN.exec(text.trim())?.groups;
  if (written === undefined) return undefined;
  return Number(written['yuan']) * 100 + Number((written['part'] ?? '').padEnd(2, '0'));
}

/** The same sum as it stands in a box: no sign, no separators. */
export const plainYuan = (fen: number): string =>
  `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
