import type { EnginePort } from '../../systems/engine/port.ts';
import type { ActivityDeps } from '../deps.ts';

/** What watches and comparisons need beside the rest: the engine seen from outside. */
export interface WatchDeps extends ActivityDeps {
  readonly engine: EnginePort;
}
