import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EVERY_PAPER } from './every-paper.ts';

/** Saves every paper, usual and extreme, to be looked at: `node test/papers/save-papers.ts FOLDER`. */
const [folder = 'papers-to-look-at'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const { name, usual, extreme } of EVERY_PAPER) {
  writeFileSync(path.join(folder, `paper-${name}.pdf`), await usual());
  writeFileSync(path.join(folder, `extreme-${name}.pdf`), await extreme());
}
