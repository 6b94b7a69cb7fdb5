import { withClient } from '../postgres/roles.ts';

/**
 * After a restore nobody knows what was sent between the last archived moment and the crash: each message that counts as not
 * handed over is marked as perhaps sent since then, so that its carrier is asked first whether it has it. Safe to repeat.
 * @returns how many
 */
export async function markRestored(ownerUrl: string, since: Date): Promise<number> {
  return withClient(ownerUrl, async (client) => {
    const { rowCount } = await client.query(
      `update messages set status = 'sending', sending_at = least(coalesce(sending_at, $1), $1)
        where status in ('prepared', 'sending') and (sending_at is null or sending_at > $1)`,
      [since.toISOString()],
    );
    return rowCount ?? 0;
  });
}

/**
 * Forgets which hosts made up the engine's cluster: the restored rows name machines of before the loss, and a server that finds
 * them tries to reach them first. `url`: the engine's own database; while no server runs. The living write themselves in again.
 */
export const forgetEngineMembers = (url: string): Promise<unknown> =>
  withClient(url, (client) => client.query('delete from cluster_membership'));
