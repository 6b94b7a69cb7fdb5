let table: ReadonlyMap<string, Uint8Array> | undefined;

/** Text as GB18030 bytes, the encoding in which older billing systems export. @throws RangeError for a lone surrogate */
export function encodeGb18030(text: string): Uint8Array<ArrayBuffer> {
  table ??= buildTable();
  const parts: number[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint < 0x80) parts.push(codePoint);
    else if (codePoint >= 0x1_0000) parts.push(...fourBytes(189_000 + codePoint - 0x1_0000));
    else {
      const bytes = table.get(character);
      if (!bytes) throw new RangeError(`U+${codePoint.toString(16)} has no place in GB18030`);
      parts.push(...bytes);
    }
  }
  return Uint8Array.from(parts);
}

/** The platform only decodes GB18030, so the table is its decoder turned round. */
function buildTable(): Map<string, Uint8Array> {
  const decoder = new TextDecoder('gb18030');
  const found = new Map<string, Uint8Array>();
  const keep = (bytes: Uint8Array): void => {
    const character = decoder.decode(bytes);
    if (character !== '\uFFFD' && !found.has(character)) found.set(character, bytes);
  };
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail !== 0x7f) keep(Uint8Array.of(lead, trail));
    }
  }
  for (let pointer = 0; pointer < 39_420; pointer += 1) keep(Uint8Array.from(fourBytes(pointer)));
  return found;
}

function fourBytes(pointer: number): [number, number, number, number] {
  return [
    0x81 + Math.floor(pointer / 12_600),
    0x30 + (Math.floor(pointer / 1_260) % 10),
    0x81 + (Math.floor(pointer / 10) % 126),
    0x30 + (pointer % 10),
  ];
}
