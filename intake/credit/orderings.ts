import { randomUUID } from 'node:crypto';
import { readCounted } from '../../db/credit/read-counted.ts';
import { readCreditPolicy } from '../../db/credit/read-credit-policy.ts';
import { json, type Tx } from '../../db/database.ts';
import type { CivilDate } from '../../rules/calendar/civil-date.ts';
import { civilDateAt } from '../../rules/calendar/shanghai-time.ts';
import {
  dunningOrder,
  maintenanceOrder,
  rationingOrder,
  serviceOrder,
  type Candidate,
  type Placed,
} from '../../rules/credit/ordering.ts';
import type { Grade } from '../../rules/credit/scheme.ts';
import { IntakeRefused, type Intake } from '../deps.ts';
import { deskNowMs } from '../desk/keep-desk-record.ts';

/** Who competes, or which times could be: the answer says who first, and why. */
export type OrderingRequest =
  | { purpose: 'service' | 'dunning'; candidates: { accountNo: string; since?: string; kind?: string }[] }
  | {
      purpose: 'rationing';
      candidates: { accountNo: string; since?: string; kind?: string }[];
      /** Kinds of users in the order of the authority's plan. */
      kinds: string[];
    }
  | { purpose: 'maintenance'; windows: { id: string; on: CivilDate; unsuitedAccountNos: string[] }[] };

interface Known {
  accountNo: string;
  grade: Grade;
  category: string;
  protected: boolean;
  oldestDays: number;
}

/** Grades as they count now: under objection nobody is worse off than a new customer (L5). */
async function readKnown(tx: Tx, accountNos: readonly string[]): Promise<Map<string, Known>> {
  const rows = await tx.rows<Omit<Known, 'grade'> & { accountId: string }>(
    `select a.account_id as "accountId", a.account_no as "accountNo", a.category, coalesce(a.protection = 'registered', false) as protected,
            coalesce((select max((clock_timestamp() at time zone 'Asia/Shanghai')::date - b.due_on) from bills b
                       where b.account_id = a.account_id and b.service = 'electricity' and b.paid_fen < b.principal_fen
                         and not b.disputed and b.due_on < (clock_timestamp() at time zone 'Asia/Shanghai')::date), 0) as "oldestDays"
       from accounts a where a.account_no = any ($1)`,
    [accountNos],
  );
  const counted = await readCounted(
    tx,
    rows.map(({ accountId }) => accountId),
  );
  const known = new Map(
    rows.map(({ accountId, ...row }) => [
      row.accountNo,
      { ...row, grade: counted.get(accountId)?.grade ?? 'B' },
    ]),
  );
  const unknown = accountNos.filter((accountNo) => !known.has(accountNo));
  if (unknown.length > 0) throw new IntakeRefused('unknown-account', 404, { accounts: unknown.join(', ') });
  return known;
}

const accountNosOf = (request: OrderingRequest): string[] =>
  request.purpose === 'maintenance'
    ? request.windows.flatMap(({ unsuitedAccountNos }) => unsuitedAccountNos)
    : request.candidates.map(({ accountNo }) => accountNo);

function placedOf(request: OrderingRequest, known: ReadonlyMap<string, Known>): Placed[] {
  if (request.purpose === 'maintenance')
    return maintenanceOrder(
      request.windows.map(({ id, on, unsuitedAccountNos }) => ({
        id,
        on,
        unsuited: unsuitedAccountNos.map((accountNo) => known.get(accountNo)?.grade ?? 'B'),
      })),
    );
  const candidates = request.candidates.map(({ accountNo, since = '', kind }): Candidate => {
    const one = known.get(accountNo);
    return {
      ...{ id: accountNo, grade: one?.grade ?? 'B', kind: kind ?? one?.category ?? '', since },
      ...{ protected: one?.protected ?? true, oldestDays: one?.oldestDays ?? 0 },
    };
  });
  switch (request.purpose) {
    case 'service':
      return serviceOrder(candidates);
    case 'dunning':
      return dunningOrder(candidates);
    case 'rationing':
      return rationingOrder(candidates, request.kinds);
  }
}

/** Orders competitors by grade, keeps question and answer, and says of each why (G3.1, G3.2, G3.4, R3). @throws IntakeRefused `unknown-account` (404) */
export function orderByCredit(
  intake: Intake,
  request: OrderingRequest,
  by: string,
): Promise<{ orderingId: string; policyVersion: string; items: Placed[] }> {
  const { companyId } = intake.scope;
  return intake.db.tx(intake.scope, async (tx) => {
    const known = await readKnown(tx, accountNosOf(request));
    const items = placedOf(request, known);
    const { version } = await readCreditPolicy(tx, companyId, civilDateAt(await deskNowMs(tx)));
    const orderingId = `ordering-${randomUUID()}`;
    await tx.run(
      `insert into credit_orderings (ordering_id, company_id, purpose, request, answer, policy_version, asked_by)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [orderingId, companyId, request.purpose, json(request), json(items), version, by],
    );
    return { orderingId, policyVersion: version, items };
  });
}
