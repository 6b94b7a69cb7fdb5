import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTexts } from '../../shared/i18n/use-texts.ts';
import { CREW_TEXTS } from '../texts/crew.ts';

const LOOK_EVERY_MS = 5_000;

/** While changes do not arrive by themselves: asks for the tickets every few seconds, and says that a stand-down may come late. */
export function Unheard({ isLive }: { isLive: boolean }) {
  const t = useTexts(CREW_TEXTS);
  const client = useQueryClient();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (isLive) return undefined;
    const timer = setInterval(() => {
      setLong(true);
      void client.invalidateQueries({ queryKey: ['tickets'] });
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      setLong(false);
    };
  }, [client, isLive]);
  if (isLive || !isLong) return null;
  return (
    <p className="old-data" role="status">
      {t('unheard')}
    </p>
  );
}
