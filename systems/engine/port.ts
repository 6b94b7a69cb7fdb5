/** How a workflow stands in the engine. */
export type EngineStatus = 'running' | 'completed' | 'failed' | 'terminated' | 'timed-out' | 'canceled';

export interface EngineRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: EngineStatus;
  readonly startedAtMs: number;
}

/** How much waits in one task queue. */
export interface Backlog {
  readonly tasks: number;
  /** Age of the oldest task, seconds. */
  readonly ageSeconds: number;
}

/** The workflow engine seen from outside: who runs, who has failed, what waits. Only watches and repairs use it. */
export interface EnginePort {
  /** Running workflows of a type; what started or ended in the last seconds may be missing or still be there. */
  listRunning(type: string): AsyncIterable<EngineRun>;
  /** Workflows that ended otherwise than by their own word since an instant. */
  listFailed(type: string, sinceMs: number): AsyncIterable<EngineRun>;
  /** Running workflows whose tasks fail again and again: code and history do not agree, or the code has a fault. */
  listTroubled(): AsyncIterable<EngineRun>;
  /** The latest run, as the engine itself knows it this moment. */
  describe(workflowId: string): Promise<EngineRun | undefined>;
  /** First argument with which a run was started. */
  readInput(run: { workflowId: string; runId: string }): Promise<unknown>;
  /** Starts, or where a signal is given signals and starts if it does not run. A run that is there stays the only one. */
  start(wish: {
    type: string;
    workflowId: string;
    taskQueue: string;
    input: unknown;
    signal?: { name: string; payload: unknown };
  }): Promise<void>;
  terminate(workflowId: string, reason: string): Promise<void>;
  backlog(taskQueue: string, kind: 'workflow' | 'activity'): Promise<Backlog>;
}
