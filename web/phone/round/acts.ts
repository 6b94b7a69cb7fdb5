import type { RoundItem } from '../../../api/shapes/round.ts';
import type { Act, ActKind } from '../device/store.ts';

const ACT_OF: Readonly<Record<string, ActKind>> = {
  'tell-in-person': 'told',
  'identify-meter': 'identify',
  'ask-protection': 'protection',
};

/** What a reader does outside. */
export const ROUND_ACTS: readonly ActKind[] = ['serve', ...Object.values(ACT_OF)];

/** What settles a stop of the round. */
export const actKindOf = ({ kind }: Pick<RoundItem, 'kind'>): ActKind => ACT_OF[kind] ?? 'serve';

export const isAbout = (act: Act, item: RoundItem): boolean =>
  act.about.ref === item.ref && act.kind === actKindOf(item);
