import { keepRecord } from '../../intake/keep-record.ts';
import { civilDateAt, shanghaiText } from '../../rules/calendar/shanghai-time.ts';
import {
  largeArrearsText,
  suspensionCopyText,
  type PaperFacts,
  type SealedPaper,
} from '../../systems/messages/papers.ts';
import type { CaseMoment } from '../contract.ts';
import { act, iso, type ActivityDeps } from '../deps.ts';
import { readCaseFile } from './case-file.ts';

interface RedRow {
  stop_at: string;
  interval_minutes: number;
  principal_fen: number;
  sum_fen: number;
  served_on: string;
}

/** Prepares the copy for the authority (L2.gov) or the report of large arrears (T3.5), once per attempt. */
export const preparePaper =
  (deps: ActivityDeps) =>
  (at: CaseMoment & { kind: 'suspension-copy' | 'large-arrears' }): Promise<{ paperKey: string }> =>
    act(deps, at, async (tx) => {
      const paperKey = `${at.caseId}/${at.kind}/${at.attempt}`;
      const file = await readCaseFile(tx, deps.vault, at);
      const red = await tx.row<RedRow>(
        `select stop_at, interval_minutes, principal_fen, sum_fen, served_on from notices
          where case_id = $1 and attempt = $2 and kind = 'red' and status = 'served'`,
        [at.caseId, at.attempt],
      );
      if (red === undefined) throw new Error(`case ${at.caseId}: no served red notice to report`);
      const facts: PaperFacts = {
        preparedOn: civilDateAt(at.nowMs),
        servedOn: red.served_on,
        companyName: file.companyName,
        customerName: file.customerName,
        accountNo: file.accountNo,
        address: file.address,
        category: file.category,
        principalFen: red.principal_fen,
        sumFen: red.sum_fen,
        stopFrom: shanghaiText(Date.parse(red.stop_at)),
        stopUntil: shanghaiText(Date.parse(red.stop_at) + red.interval_minutes * 60_000),
      };
      const text = at.kind === 'suspension-copy' ? suspensionCopyText(facts) : largeArrearsText(facts);
      const sealed: SealedPaper = { subject: text.subject, text: text.zh, facts };
      const isNew = await tx.run(
        `insert into papers (paper_key, company_id, centre_id, case_id, account_id, kind, text_enc)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (paper_key) do nothing`,
        [paperKey, at.companyId, at.centreId, at.caseId, at.accountId, at.kind, deps.vault.sealJson(sealed)],
      );
      if (isNew > 0)
        await keepRecord(
          tx,
          { ...at, openCase: at },
          {
            action: 'paper.prepared',
            factId: paperKey,
            actor: 'fudian',
            occurredAt: iso(at.nowMs),
            body: { paperKey, kind: at.kind },
          },
        );
      return { paperKey };
    });
