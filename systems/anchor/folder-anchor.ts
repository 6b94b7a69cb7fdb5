import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { SystemRefused } from '../errors.ts';
import type { AnchorPort } from './port.ts';

const isThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

/** Files that are written once, whole, and never again: a mount of the auditors' that keeps what it gets (WORM). */
export function folderAnchor(folder: string): AnchorPort {
  async function once(file: string, text: string): Promise<void> {
    const draft = `${file}.${randomUUID()}`;
    await writeFile(draft, text, { flush: true });
    try {
      // A link never replaces what is there, as a rename would.
      await link(draft, file);
      await chmod(file, 0o444);
    } catch (error) {
      if (!isThere(error)) throw error;
      if ((await readFile(file, 'utf8')) !== text)
        throw new SystemRefused('anchor', 'differs', `${file} holds another anchor`);
    } finally {
      await rm(draft, { force: true });
    }
  }
  return {
    place: 'folder',
    async put({ name, text, leaves }) {
      await mkdir(folder, { recursive: true });
      const file = path.join(folder, `${name}.json`);
      await once(path.join(folder, `${name}.leaves`), leaves);
      await once(file, text);
      return file;
    },
  };
}
