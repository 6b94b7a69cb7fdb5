import { useEffect, useEffectEvent } from 'react';

const LOOK_EVERY_MS = 2_000;

/** Looks again every two seconds for as long as something is under way. */
export function useLookAgain(isUnderWay: boolean, look: () => void): void {
  const again = useEffectEvent(look);
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(() => again(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isUnderWay]);
}
