import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Report } from '../report.ts';
import { silent } from '../report.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'msedge'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const PACKAGES = ['chromium', 'fonts-noto-cjk'];

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
    .concat(ELSEWHERE)
    .find((file) => existsSync(file));
}

function install(report: Report): void {
  report(`Browser: installing ${PACKAGES.join(' and ')} for the browser tests, once`);
  const run = (args: readonly string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  run(['update', '-qq']);
  run(['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES]);
}

const isRoot = (): boolean => process.getuid?.() === 0;
const hasApt = (): boolean => existsSync('/usr/bin/apt-get');

/**
 * A Chromium for the browser tests: FUDIAN_CHROMIUM, one that is installed, or one that is installed now (as root, where
 * there is apt). @throws Error that says what to do
 */
export function findChromium(report: Report = silent): string {
  const given = process.env['FUDIAN_CHROMIUM'];
  if (given !== undefined && given !== '') return given;
  const found = onPath();
  if (found !== undefined) return found;
  if (isRoot() && hasApt()) install(report);
  const installed = onPath();
  if (installed !== undefined) return installed;
  throw new Error(
    'The browser tests need Chromium or Chrome. Install one (Debian, Ubuntu: sudo apt-get install chromium fonts-noto-cjk), ' +
      'or set FUDIAN_CHROMIUM to its program file.',
  );
}
