/** Breaks each guard in a copy of the tree; its test must fail: `npm run mutate -- [pure | real] [words of the guard]`. */
import { copyTree } from './mutate.ts';
import { MUTATIONS } from './mutations.ts';

const [project = '', words = ''] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const chosen = MUTATIONS.filter((one) => one.project.includes(project) && one.guard.includes(words));
const copy = copyTree();
let missed = 0;
try {
  const tests = new Map(chosen.map((one) => [`${one.project} ${one.test}`, one]));
  for (const one of tests.values()) {
    const { passed, said } = copy.run(one);
    if (!passed) throw new Error(`${one.test} fails on the whole tree:\n${said}`);
  }
  for (const one of chosen) {
    const what = `${one.guard} (${one.file}, ${one.test})`;
    try {
      const isNoticed = !copy.broken(one, () => copy.run(one)).passed;
      if (!isNoticed) missed += 1;
      say(`${isNoticed ? 'noticed    ' : 'NOT NOTICED'} ${what}`);
    } catch (error) {
      // Text that is no program any more shows nothing.
      missed += 1;
      say(`DID NOT RUN ${what}: ${String(error)}`);
    }
  }
} finally {
  copy.remove();
}
say(`${chosen.length} mutations, ${chosen.length - missed} noticed`);
process.exitCode = missed === 0 && chosen.length > 0 ? 0 : 1;
