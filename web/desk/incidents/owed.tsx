import type { IncidentItem } from '../../../api/shapes/incident.ts';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { INCIDENT_TEXTS } from '../texts/incidents.ts';
import { Chip } from '../ui/parts.tsx';

/** What is still owed, as marks; the light in red. */
export function Owed({ incident }: { incident: IncidentItem }) {
  const t = useTexts(INCIDENT_TEXTS);
  if (incident.owed.length === 0) return <Chip tone="good">{t('nothing-owed')}</Chip>;
  return (
    <>
      {incident.owed.map((part) => (
        <Chip key={part} tone={part === 'restoration' ? 'bad' : 'warn'}>
          {t.code(part, 'owed.')}
        </Chip>
      ))}
    </>
  );
}
