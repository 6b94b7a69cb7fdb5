import { readFileSync, writeFileSync } from 'node:fs';
import { canonical, type EvidenceFile } from '../../db/evidence/format.ts';
import { verifyEvidence } from '../../db/evidence/verify-evidence.ts';
import type { Register } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { show } from '../core/print.ts';
import { registerVerifyAnchor } from './verify-anchor.ts';

interface Exported {
  readonly file: string;
  readonly rows: number;
  readonly proofs: number;
  readonly root: string;
}

const fileNameOf = (stopId: string): string => `evidence-${stopId.replace(/[^\w-]+/g, '-')}.json`;

function readFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CliError(`${file}: ${error instanceof Error ? error.message : String(error)}`, EXIT.usage);
  }
}

/** `fudian evidence`: all that proves one stop in one sealed file, and whether a byte of it has changed. */
export const registerEvidence: Register = (program, world) => {
  const evidence = program.command('evidence').description('all that proves one stop, in one sealed file');
  registerVerifyAnchor(evidence, world);
  evidence
    .command('export')
    .description('write the file and its readable summary')
    .argument('<stop>')
    .argument('[file]')
    .action(async (stopId: string, file: string | undefined, _options, command) => {
      const work = workOf(command, world, 'auditor-lv');
      const made = await work.target.api.get<EvidenceFile>(`/stops/${encodeURIComponent(stopId)}/evidence`);
      const name = file ?? fileNameOf(stopId);
      writeFileSync(name, canonical(made));
      writeFileSync(`${name.replace(/\.json$/, '')}.md`, made.summary);
      const exported: Exported = {
        file: name,
        rows: made.manifest.parts.reduce((sum, { rows }) => sum + rows, 0),
        proofs: made.files.length,
        root: made.manifest.root,
      };
      show(work, exported, (e) => `${e.file}: ${e.rows} rows, ${e.proofs} proofs, root ${e.root}`);
    });
  evidence
    .command('verify')
    .description('say whether a byte of the file has changed since it was sealed; needs no server')
    .argument('<file>')
    .option('--key <base64>', 'the public key it must be sealed with, as GET /evidence-key gives it')
    .action((file: string, options: { key?: string }, command) => {
      const work = workOf(command, world, 'auditor-lv');
      const faults = verifyEvidence(readFile(file), options.key);
      show(work, { file, intact: faults.length === 0, faults }, (answer) =>
        answer.intact
          ? `${file}: intact${options.key === undefined ? '; give --key to be sure who sealed it' : ''}`
          : [`${file}: CHANGED`, ...answer.faults.map((fault) => `  - ${fault}`)].join('\n'),
      );
      if (faults.length > 0) process.exitCode = EXIT.refused;
    });
};
