import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SystemRefused, SystemUnavailable } from '../errors.ts';
import type { BlobPort } from './port.ts';

const HASH = /^[0-9a-f]{64}$/;
const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Proof files in a folder, each under its own hash; what is read is checked against it. */
export function folderBlobs(folder: string): BlobPort {
  const fileOf = (sha256: string) => path.join(folder, sha256.slice(0, 2), sha256);
  return {
    async put(bytes, contentType) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const file = fileOf(sha256);
      await mkdir(path.dirname(file), { recursive: true });
      // Renamed into place: a half-written proof is never seen.
      for (const [target, content] of [
        [file, bytes],
        [`${file}.type`, contentType],
      ] as const) {
        const draft = `${target}.${randomUUID()}`;
        await writeFile(draft, content, { flush: true });
        await rename(draft, target);
      }
      return sha256;
    },
    async has(sha256) {
      if (!HASH.test(sha256)) return false;
      return access(fileOf(sha256)).then(
        () => true,
        (error: unknown) => {
          if (isMissing(error)) return false;
          throw error;
        },
      );
    },
    async remove(sha256) {
      if (!HASH.test(sha256)) throw new SystemRefused('blobs', 'unknown-blob', 'not a hash');
      for (const file of [fileOf(sha256), `${fileOf(sha256)}.type`]) await rm(file, { force: true });
    },
    async get(sha256) {
      if (!HASH.test(sha256)) throw new SystemRefused('blobs', 'unknown-blob', 'not a hash');
      try {
        const bytes = await readFile(fileOf(sha256));
        if (createHash('sha256').update(bytes).digest('hex') !== sha256)
          throw new SystemUnavailable('blobs', `${sha256} was changed on disk`);
        return { bytes, contentType: await readFile(`${fileOf(sha256)}.type`, 'utf8') };
      } catch (error) {
        if (isMissing(error)) throw new SystemRefused('blobs', 'unknown-blob', sha256);
        throw error;
      }
    },
  };
}
