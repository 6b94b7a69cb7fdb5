import { writeFileSync } from 'node:fs';
import type { Register } from '../core/command.ts';
import { workOf } from '../core/command.ts';
import { CliError, EXIT } from '../core/exit.ts';
import { show } from '../core/print.ts';

/** Kinds of paper: what the id names, and where the API prints it. */
const PAPERS: Readonly<Record<string, { of: string; path: (id: string) => string }>> = {
  notice: { of: 'notice', path: (id) => `/notices/${id}/document.pdf` },
  service: { of: 'notice', path: (id) => `/notices/${id}/service-sheet.pdf` },
  ticket: { of: 'ticket', path: (id) => `/tickets/${id}/document.pdf` },
  authority: { of: 'paper', path: (id) => `/papers/${id}/document.pdf` },
  miss: { of: 'stop', path: (id) => `/stops/${id}/miss-explanation.pdf` },
  'miss-report': { of: 'stop', path: (id) => `/stops/${id}/miss-explanation.pdf?to=leader` },
  evidence: { of: 'stop', path: (id) => `/stops/${id}/evidence-summary.pdf` },
};

const listed = Object.entries(PAPERS)
  .map(([kind, { of }]) => `${kind} <${of}>`)
  .join(', ');
const fileNameOf = (kind: string, id: string): string => `${kind}-${id.replace(/[^\w-]+/g, '-')}.pdf`;

/** `fudian paper`: a notice, ticket, letter or sheet as PDF. */
export const registerPaper: Register = (program, world) => {
  program
    .command('paper')
    .description(`save a paper as PDF: ${listed}`)
    .argument('<kind>')
    .argument('<id>', 'of the notice, ticket, paper or stop')
    .argument('[file]')
    .action(async (kind: string, id: string, file: string | undefined, _options, command) => {
      const paper = PAPERS[kind];
      if (paper === undefined)
        throw new CliError(`There is no paper "${kind}"; there are: ${listed}.`, EXIT.usage);
      const work = workOf(command, world, 'auditor-lv');
      const content = await work.target.api.bytes(paper.path(encodeURIComponent(id)));
      const saved = { file: file ?? fileNameOf(kind, id), bytes: content.length };
      writeFileSync(saved.file, content);
      show(work, saved, (one) => `${one.file}: ${one.bytes} bytes`);
    });
};
