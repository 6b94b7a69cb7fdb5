import path from 'node:path';
import { freePorts, isPortFree } from '../process/free-ports.ts';
import { readJson, writeJson } from './state.ts';

/** Ports of the parts that this checkout starts itself, all on loopback. */
export interface StackPorts {
  readonly api: number;
  readonly sim: number;
  readonly smtp: number;
  /** The worker's figures and state. */
  readonly worker: number;
}

/** The ports of the last start while they are free; a taken one is replaced by a free one and remembered. */
export async function portsOf(dataDir: string, wantedApi: number | undefined): Promise<StackPorts> {
  const file = path.join(dataDir, 'ports.json');
  const kept = readJson<StackPorts>(file);
  const wanted = [wantedApi ?? kept?.api, kept?.sim, kept?.smtp, kept?.worker];
  const fresh = await freePorts(wanted.length);
  const chosen: number[] = [];
  for (const [index, port] of wanted.entries()) {
    const isOurs = port !== undefined && !chosen.includes(port) && (await isPortFree(port));
    if (index === 0 && wantedApi !== undefined && !isOurs)
      throw new Error(`API_PORT=${wantedApi} is taken; choose another, or leave it to be found`);
    chosen.push(isOurs ? port : (fresh[index] ?? 0));
  }
  const [api = 0, sim = 0, smtp = 0, worker = 0] = chosen;
  writeJson(file, { api, sim, smtp, worker });
  return { api, sim, smtp, worker };
}
