// Ends the processes it was told of when the process that told it is gone, however that one died.
// Lines on stdin: `+<pid> <signal>` to watch, `-<pid>` to forget. The end of stdin is the parent's end.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const graceMs = 10_000;
const watched = new Map();

const send = (pid, signal) => {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    // Already gone: nothing left to end.
    return false;
  }
};

const end = async (pid, signal) => {
  const deadline = Date.now() + graceMs;
  if (!send(pid, signal)) return;
  while (Date.now() < deadline) {
    await sleep(50);
    if (!send(pid, 0)) return;
  }
  send(pid, 'SIGKILL');
};

// A Ctrl-C reaches the whole terminal; the parent stops its children in order and then closes the pipe.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number.parseInt(line.slice(1), 10);
  if (line.startsWith('+')) watched.set(pid, line.split(' ')[1] ?? 'SIGTERM');
  else watched.delete(pid);
}
// Last started, first stopped: workers before the servers that they talk to.
for (const [pid, signal] of [...watched].reverse()) await end(pid, signal);
