import { readFile } from 'node:fs/promises';
import type { ApiClient } from './api-client.ts';
import { CliError, EXIT } from './exit.ts';

/** Uploads proof files. @returns their hashes. @throws CliError 2 for a file that cannot be read */
export async function uploadProofs(api: ApiClient, files: readonly string[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const file of files) {
    const content = await readFile(file).catch((error: unknown) => {
      throw new CliError(`${file} cannot be read: ${String(error)}`, EXIT.usage);
    });
    hashes.push(await uploadProof(api, content));
  }
  return hashes;
}

/** Uploads one proof. @returns its hash */
export async function uploadProof(api: ApiClient, content: Uint8Array): Promise<string> {
  const { sha256 } = await api.post<{ sha256: string }>('/proofs', {
    bytes: { content, type: 'application/octet-stream' },
  });
  return sha256;
}
