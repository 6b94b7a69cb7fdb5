import { newKey, type Api } from '../../shared/api/client.ts';

/** Hands proof files in and returns their hashes, by which an act names them. */
export async function handInProofs(api: Api, files: readonly File[]): Promise<string[]> {
  const proofs: string[] = [];
  for (const file of files)
    proofs.push((await api.postBytes<{ sha256: string }>('/proofs', file, newKey())).sha256);
  return proofs;
}

/** What tells one choice of files from another, so that the same act sent twice is one. */
export const namesOf = (files: readonly File[]): string[] => files.map(({ name, size }) => `${name} ${size}`);

/** Photos or scans that prove a service. */
export function ProofField(props: { id: string; label: string; onFiles: (files: readonly File[]) => void }) {
  return (
    <div className="ant-form-item">
      <label htmlFor={props.id}>{props.label}</label>
      <input
        id={props.id}
        type="file"
        accept="image/*,.pdf"
        multiple
        className="file-input"
        onChange={(event) => props.onFiles([...(event.target.files ?? [])])}
      />
    </div>
  );
}
