import { moment } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { Broken } from '../../shared/ui/broken.tsx';
import type { Read } from '../device/use-kept.ts';
import { DEVICE_TEXTS } from '../texts/device.ts';

/** Says how a page knows what it shows: a problem, or that it is from before the network went away. */
export function HowKnown({ read }: { read: Read<unknown> }) {
  const t = useTexts(DEVICE_TEXTS);
  if (read.problem !== undefined) return <Broken problem={read.problem} onRetry={read.again} />;
  if (!read.isOld || read.startedAtMs === undefined) return null;
  return (
    <p className="old-data" role="status">
      {t('old-data', { at: moment(new Date(read.startedAtMs).toISOString()) })}
    </p>
  );
}
