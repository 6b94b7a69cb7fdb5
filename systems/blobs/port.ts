/** Where proof files (photos, signatures, recordings) lie; the database holds only their SHA-256. */
export interface BlobPort {
  /** Stores bytes under their own hash; storing the same bytes again changes nothing. Returns lower-case hex SHA-256. */
  put(bytes: Uint8Array, contentType: string): Promise<string>;
  /** Whether bytes with this hash are stored. */
  has(sha256: string): Promise<boolean>;
  /** Forgets a file; one that is not there is forgotten already. */
  remove(sha256: string): Promise<void>;
  /** @throws SystemRefused (`unknown-blob`) */
  get(sha256: string): Promise<{ bytes: Uint8Array; contentType: string }>;
}
