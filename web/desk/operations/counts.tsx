import type { ReconciliationItem } from '../../../api/shapes/operations.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { RECONCILE_TEXTS } from '../texts/operations.ts';
import { Chip, type Tone } from '../ui/parts.tsx';

export const TONE_OF_ACTION: Readonly<Record<string, Tone>> = {
  mended: 'good',
  mending: 'note',
  'would-mend': 'warn',
  reported: 'warn',
  'not-mended': 'bad',
};

/** How many differences, by what was done about them. */
export function Counts({ run }: { run: ReconciliationItem }) {
  const t = useTexts(RECONCILE_TEXTS);
  const counts = Object.entries(run.counts);
  if (counts.length === 0) return run.finishedAt === null ? null : <span>{t('no-difference')}</span>;
  return (
    <>
      {counts.map(([action, n]) => (
        <Chip key={action} tone={TONE_OF_ACTION[action] ?? 'plain'}>
          {t.code(action, 'action.')} {n}
        </Chip>
      ))}
    </>
  );
}
