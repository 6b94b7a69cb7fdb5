import { civilDateAt } from '../calendar/shanghai-time.ts';
import { against, NOTHING_AGAINST, type Finding, type StopFacts } from './facts.ts';

/** No stop under an orange or red warning (L10). A warning is published or it is not: none stored means none in force. */
export function isWeatherCalm(facts: StopFacts): Finding {
  const { weather, stopAtMs } = facts;
  if (weather !== 'orange' && weather !== 'red') return NOTHING_AGAINST;
  const date = civilDateAt(stopAtMs ?? facts.nowMs);
  return against({ code: 'weather-warning', clause: 'L10', params: { date, level: weather } });
}
