import {
  readCreditLetterToPrint,
  readDrawnToPrint,
  readMissToPrint,
  readNoticeToPrint,
  readServicesToPrint,
  readTicketToPrint,
  type NoticeRow,
} from '../db/reads/papers-to-print.ts';
import type { Tx } from '../db/database.ts';
import type { Vault } from '../db/keys/vault.ts';
import type { DrawnCustomer } from '../papers/letters/certificate.ts';
import type { StoredCreditLetter } from '../papers/letters/credit.ts';
import type { StoredMiss } from '../papers/letters/miss.ts';
import type { StoredNotice } from '../papers/notices/notice.ts';
import type { StoredService } from '../papers/notices/service-sheet.ts';
import type { StoredTicket } from '../papers/tickets/ticket.ts';
import type { BlobPort } from '../systems/blobs/port.ts';
import { IntakeRefused } from '../intake/deps.ts';
import { found, Problem } from './http/problem.ts';

/** A notice opened for printing. @throws Problem 409 `not-printable` where its facts were not sealed with it */
export function openNotice(vault: Vault, row: NoticeRow): StoredNotice {
  const sealed = vault.openJson<StoredNotice['sealed']>(row.textEnc);
  if (!('facts' in sealed)) throw new Problem(409, 'not-printable');
  return { kind: row.kind, attempt: row.attempt, sealed };
}

/** @throws Problem 404, 409 `not-printable` */
export async function noticeToPrint(tx: Tx, vault: Vault, noticeId: string): Promise<StoredNotice> {
  return openNotice(vault, found(await readNoticeToPrint(tx, noticeId), 'notice'));
}

/** The services of a notice with the signature that was taken, as stored. */
export async function servicesToPrint(
  tx: Tx,
  vault: Vault,
  blobs: BlobPort,
  noticeId: string,
): Promise<StoredService[]> {
  const rows = await readServicesToPrint(tx, noticeId);
  const services: StoredService[] = [];
  for (const { detailEnc, ...row } of rows) {
    const detail = vault.openJson<{ witness?: string; circumstances?: string }>(detailEnc);
    const [first] = row.proofs;
    // A reader's phone sends the signature before the photos.
    const signature =
      row.method === 'signature' && first !== undefined ? (await blobs.get(first)).bytes : undefined;
    services.push({ ...row, ...detail, signature });
  }
  return services;
}

const PROOFS: Readonly<Record<string, string>> = {
  voltage: '验电有电',
  customer: '用户确认灯亮',
  switch: '合闸并回读有电',
};

/** @throws Problem 404 */
export async function ticketToPrint(tx: Tx, vault: Vault, ticketId: string): Promise<StoredTicket> {
  const row = found(await readTicketToPrint(tx, ticketId), 'ticket');
  const { permitId, grantedAt, expiresAt, executedAt, executionProof, restoredAt, restoredProof } = row;
  const isPermitted = permitId !== null && grantedAt !== null && expiresAt !== null;
  return {
    ...row,
    form: vault.openJson<Record<string, string>>(row.formEnc),
    permit: isPermitted ? { permitId, grantedAt, expiresAt } : null,
    execution:
      executedAt === null
        ? null
        : {
            at: executedAt,
            meterNo: row.executedMeterNo ?? '',
            readingKwh: executionProof?.readingKwh ?? null,
            proofs: executionProof?.proofs ?? [],
          },
    restored:
      restoredAt === null ? null : { at: restoredAt, proof: PROOFS[restoredProof?.kind ?? ''] ?? '已登记' },
  };
}

/** @throws Problem 404, 409 `letter-withdrawn` */
export async function creditLetterToPrint(
  tx: Tx,
  vault: Vault,
  letterId: string,
): Promise<StoredCreditLetter> {
  const row = found(await readCreditLetterToPrint(tx, letterId), 'letter');
  const { status, nameEnc, addressEnc, textEnc, servedAt, servedBy, ...letter } = row;
  if (status === 'withdrawn') throw new Problem(409, 'letter-withdrawn');
  const content = vault.openJson<{ subject?: string; text: string }>(textEnc);
  return {
    ...letter,
    customerName: vault.open(nameEnc),
    address: vault.open(addressEnc),
    subject: content.subject ?? '',
    text: content.text,
    served: servedAt === null || servedBy === null ? null : { at: servedAt, by: servedBy },
  };
}

/** @throws Problem 404 where the account is out of sight or was not drawn */
export async function drawnToPrint(
  tx: Tx,
  vault: Vault,
  of: { accountNo: string; year: number },
): Promise<DrawnCustomer> {
  const { nameEnc, ...drawn } = found(await readDrawnToPrint(tx, of), 'certificate');
  return { ...drawn, customerName: vault.open(nameEnc) };
}

/** @throws Problem 404 for a stop out of sight, IntakeRefused `nothing-missed` (409) */
export async function missToPrint(tx: Tx, vault: Vault, stopId: string): Promise<StoredMiss> {
  found(await tx.row('select 1 from stops where stop_id = $1', [stopId]), 'stop');
  const row = await readMissToPrint(tx, stopId);
  if (row === undefined) throw new IntakeRefused('nothing-missed', 409, { stopId });
  const { nameEnc, addressEnc, toldEnc, ...miss } = row;
  return {
    ...miss,
    customerName: vault.open(nameEnc),
    address: vault.open(addressEnc),
    told: toldEnc === null ? null : vault.openJson<{ text: string }>(toldEnc).text,
  };
}
