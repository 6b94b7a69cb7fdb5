import type { Command } from 'commander';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseAnchor } from '../../db/audit/anchor-format.ts';
import { verifyAnchors, type FoundAnchor } from '../../db/audit/verify-anchors.ts';
import type { World } from '../core/command.ts';
import { outputOf } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { withInstallation } from '../core/installation.ts';
import { show } from '../core/print.ts';

/** Every file of a folder but the lists of chains, which are read with their anchor. */
function filesOf(given: string): string[] {
  if (!existsSync(given)) throw new CliError(`There is no ${given}`, EXIT.usage);
  if (!statSync(given).isDirectory()) return [given];
  return readdirSync(given)
    .filter((name) => !name.endsWith('.leaves'))
    .sort()
    .map((name) => path.join(given, name));
}

function readAnchor(file: string): FoundAnchor {
  const anchor = parseAnchor(readFileSync(file, 'utf8'));
  if (anchor === undefined) throw new CliError(`${file}: no anchor of ours`, EXIT.usage);
  const beside = file.replace(/\.json$/, '.leaves');
  const leaves = beside !== file && existsSync(beside) ? readFileSync(beside, 'utf8') : undefined;
  return { from: path.basename(file), anchor, leaves };
}

/** `fudian evidence verify-anchor`: whether the audit is what it was when its roots left the house. */
export function registerVerifyAnchor(evidence: Command, world: World): void {
  evidence
    .command('verify-anchor')
    .description('compare every audit chain with the roots that lie outside: folders, files or saved mails')
    .argument('<anchors...>')
    .option('--key <base64>', 'the public key they must be sealed with')
    .action(async (given: string[], options: { key?: string }, command) => {
      const output = outputOf(command, world);
      const found = given.flatMap(filesOf).map(readAnchor);
      const faults = await withInstallation(world, ({ db, scope, companyId }) =>
        db.tx(scope, (tx) => verifyAnchors(tx, companyId, found, options.key)),
      );
      const lines = Math.max(0, ...found.map(({ anchor }) => anchor.lines));
      show(output, { anchors: found.length, lines, intact: faults.length === 0, faults }, (answer) =>
        answer.intact
          ? `${answer.anchors} anchors, ${answer.lines} lines: every chain is what it was`
          : ['The audit is NOT what it was:', ...answer.faults.map((fault) => `  - ${fault}`)].join('\n'),
      );
      if (faults.length > 0) process.exitCode = EXIT.refused;
    });
}
