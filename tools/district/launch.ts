import { randomUUID } from 'node:crypto';
import { wholeCompany } from '../../db/database.ts';
import { screenCentre } from '../../intake/screening/screen-centre.ts';
import type { ScreenedItem } from '../../intake/screening/screen-centre.ts';
import type { SimClient } from '../../sim/client.ts';
import type { Loading } from './load.ts';
import { centres } from './set-up-company.ts';

const accountsAtOnce = 200;

async function screened(loading: Loading, centreId: string): Promise<ScreenedItem[]> {
  const items: ScreenedItem[] = [];
  const read = (after: string): ReturnType<typeof screenCentre> =>
    loading.db.tx(wholeCompany(loading.companyId), (tx) =>
      screenCentre(tx, loading.vault, { centreId, after, limit: accountsAtOnce }),
    );
  for (let after: string | null = ''; after !== null;) {
    const page: Awaited<ReturnType<typeof read>> = await read(after);
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

async function openCase(apiUrl: string, token: string, accountNo: string): Promise<boolean> {
  const response = await fetch(`${apiUrl}/cases`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ accountNo }),
  });
  if (response.ok) return true;
  // Between screening and launch the facts may have changed; the API's word counts.
  if (response.status === 409) return false;
  throw new Error(`launching ${accountNo}: HTTP ${response.status} ${await response.text()}`);
}

/** Screens every centre and opens a case, over the API, for each account that may enter collection; tells what was left out. */
export async function launchScreened(loading: Loading, apiUrl: string, district: SimClient): Promise<void> {
  const people = await district.people();
  for (const { centreId, name } of centres) {
    const clerk = people.find(({ roles, centres: of }) => roles.includes('centre') && of.includes(centreId));
    const items = await screened(loading, centreId);
    if (clerk === undefined || items.length === 0) continue;
    const token = await district.token(clerk.personId);
    let launched = 0;
    for (const { accountNo, outcome } of items)
      if (outcome === 'permitted' && (await openCase(apiUrl, token, accountNo))) launched += 1;
    const leftOut = new Map<string, number>();
    for (const { reasons } of items)
      for (const { code } of reasons) leftOut.set(code, (leftOut.get(code) ?? 0) + 1);
    const why = [...leftOut].toSorted((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${count}`);
    loading.report(
      `${name}: ${items.length} accounts overdue, ${launched} cases launched${why.length === 0 ? '' : ` (left out: ${why.join(', ')})`}`,
    );
  }
}
