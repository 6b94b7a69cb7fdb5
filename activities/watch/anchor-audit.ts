import { lastMidnight, makeAnchor } from '../../db/audit/make-anchor.ts';
import { anchorName } from '../../db/audit/anchor-format.ts';
import { sealingKeyOf } from '../../db/evidence/seal.ts';
import { act, type ActivityDeps } from '../deps.ts';

/**
 * Puts the root over every audit chain, as it stood at the last midnight, in every place outside (L9: dunning records are
 * evidence). A place that has it already is passed over.
 */
export const anchorAudit =
  (deps: ActivityDeps) =>
  async (at: { companyId: string; cutAt?: string }): Promise<{ root: string; places: string[] }> => {
    const { companyId } = at;
    const made = await act(deps, at, async (tx) =>
      makeAnchor(tx, {
        ...{ companyId, key: sealingKeyOf(deps.vault) },
        cutAt: at.cutAt ?? (await lastMidnight(tx)),
      }),
    );
    const { cutAt, root } = made.anchor;
    const places = await act(deps, at, (tx) =>
      tx.rows<{ place: string }>('select place from anchor_places where company_id = $1 and cut_at = $2', [
        companyId,
        cutAt,
      ]),
    );
    const has = new Set(places.map(({ place }) => place));
    for (const port of deps.systems.anchors.filter(({ place }) => !has.has(place))) {
      const receipt = await port.put({ name: anchorName(made.anchor), text: made.text, leaves: made.leaves });
      await act(deps, at, (tx) =>
        tx.run(
          `insert into anchor_places (company_id, cut_at, place, receipt) values ($1, $2, $3, $4) on conflict do nothing`,
          [companyId, cutAt, port.place, receipt],
        ),
      );
      has.add(port.place);
    }
    return { root, places: [...has].sort() };
  };
