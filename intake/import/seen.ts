/** What has been met in a file: 12 to 24 bytes a key, so that a million rows fit in memory beside everything else. */
export interface Seen {
  /** `new`: first time; `same`: met with the same contents; `other`: met with different ones. */
  meet(key: string, contents: string): 'new' | 'same' | 'other';
}

/** Two independent 32-bit hashes of a text. Chance meetings among a million keys: about one in 37 million files. */
function hashesOf(text: string): [number, number] {
  let first = 0x9e3779b9;
  let second = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x85ebca6b);
    second = Math.imul(second ^ unit, 0x5f356495);
  }
  first = Math.imul(first ^ (first >>> 16), 0x7feb352d) ^ Math.imul(second ^ (second >>> 13), 0x846ca68b);
  second = Math.imul(second ^ (second >>> 16), 0x7feb352d) ^ Math.imul(first ^ (first >>> 13), 0x846ca68b);
  return [(first ^ (first >>> 15)) >>> 0, (second ^ (second >>> 15)) >>> 0];
}

/** An empty table with open addressing; an entry is two halves of the key's hash and one of the contents'. */
export function seenTable(): Seen {
  let slots = 1 << 12;
  let table = new Uint32Array(slots * 3);
  let count = 0;
  const placeOf = (low: number, high: number): number => {
    for (let slot = low & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const isFree = table[slot * 3] === 0 && table[slot * 3 + 1] === 0;
      if (isFree || (table[slot * 3] === low && table[slot * 3 + 1] === high)) return slot * 3;
    }
  };
  const grow = (): void => {
    const old = table;
    slots *= 2;
    table = new Uint32Array(slots * 3);
    for (let at = 0; at < old.length; at += 3) {
      const [low = 0, high = 0, contents = 0] = old.subarray(at, at + 3);
      if (low !== 0 || high !== 0) table.set([low, high, contents], placeOf(low, high));
    }
  };
  return {
    meet(key, contents) {
      const [low, high] = hashesOf(key);
      const [mark] = hashesOf(contents);
      // 0/0 marks a free slot.
      const at = placeOf(low || 1, high);
      if (table[at] !== 0 || table[at + 1] !== 0) return table[at + 2] === mark ? 'same' : 'other';
      table.set([low || 1, high, mark], at);
      count += 1;
      if (count * 2 > slots) grow();
      return 'new';
    },
  };
}
