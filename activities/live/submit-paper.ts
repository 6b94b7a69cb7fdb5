import { act, type ActivityDeps } from '../deps.ts';

/** Hands a prepared paper to the authority; the same key twice is one paper. @throws SystemUnavailable | SystemRefused */
export const submitPaper =
  (deps: ActivityDeps) =>
  async (at: { companyId: string; paperKey: string }): Promise<void> => {
    const paper = await act(deps, at, (tx) =>
      tx.row<{ kind: 'suspension-copy' | 'large-arrears'; text_enc: Buffer }>(
        'select kind, text_enc from papers where paper_key = $1',
        [at.paperKey],
      ),
    );
    if (paper === undefined) throw new Error(`paper ${at.paperKey} is not prepared`);
    const { subject, text } = deps.vault.openJson<{ subject: string; text: string }>(paper.text_enc);
    const { submissionId } = await deps.systems.government.submit({
      paperKey: at.paperKey,
      kind: paper.kind,
      subject,
      text,
    });
    await act(deps, at, (tx) =>
      tx.run(
        `update papers set submission_id = $2, submitted_at = clock_timestamp() where paper_key = $1 and submission_id is null`,
        [at.paperKey, submissionId],
      ),
    );
  };
