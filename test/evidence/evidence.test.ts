import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonical, manifestOf, type EvidenceFile } from '../../db/evidence/format.ts';
import { verifyEvidence } from '../../db/evidence/verify-evidence.ts';
import { must, person } from '../support/town/person.ts';
import { begin, pay, restoreByCrew, walkToStop } from '../support/town/story.ts';
import { startTown, type Town } from '../support/town/town.ts';

const seed = Number(process.env['FUDIAN_SEED'] ?? Date.now() % 1_000_000);
let town: Town;
let file: EvidenceFile;
let text: string;
beforeAll(async () => {
  town = await startTown();
  const story = await begin(town, 'evidence');
  const { stopId } = await walkToStop(story);
  await pay(story);
  await restoreByCrew(story, stopId);
  file = await must(
    person(town, 'auditor-lv').get<EvidenceFile>(`/stops/${encodeURIComponent(stopId)}/evidence`),
  );
  text = canonical(file);
}, 180_000);
afterAll(() => town?.close());

/** A generator that gives the same numbers for the same seed. */
function* numbers(from: number): Generator<number> {
  for (let state = from >>> 0; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state;
  }
}

describe('F60: one tamper-evident file per stop', () => {
  test('holds every notice with proof, decision with facts, approval, call, permit, execution and restoration', () => {
    expect(verifyEvidence(text, file.seal.publicKey)).toEqual([]);
    const counts = Object.fromEntries(Object.entries(file.parts).map(([name, rows]) => [name, rows.length]));
    expect(counts).toMatchObject({
      case: 1,
      stop: 1,
      restoration: 1,
      approvals: 1,
      signatures: 1,
      permits: 1,
    });
    expect(file.parts['notices']?.map((row) => row['kind'])).toEqual(['first-dunning', 'yellow', 'red']);
    expect(file.parts['services']?.every((row) => row['counts'] === true)).toBe(true);
    const asked = file.parts['decisions']?.map((row) => row['question']);
    expect(asked).toEqual(
      expect.arrayContaining(['plan-stop', 'may-serve-red', 'may-stop:T-30', 'may-stop:T-0']),
    );
    expect(
      file.parts['decisions']?.every((row) => row['rulebook_version'] !== null && row['facts'] !== null),
    ).toBe(true);
    expect(file.parts['messages']?.some((row) => row['channel'] === 'call')).toBe(true);
    expect(file.files.length).toBeGreaterThan(0);
    expect(counts['audit']).toBeGreaterThan(10);
  });

  test('says in words what was done, for people', () => {
    expect(file.summary).toContain('# 停电证据 Evidence of a stop');
    for (const word of ['yellow', 'red', 'head-qian', 'may-stop:T-0: permitted', 'lawful', '已复电 restored'])
      expect(file.summary).toContain(word);
    expect(file.summary).not.toMatch(/undefined|NaN|\[object/);
  });

  test(`any changed byte is found (seed ${seed})`, () => {
    const bytes = Buffer.from(text, 'utf8');
    const draw = numbers(seed);
    for (let n = 0; n < 200; n += 1) {
      const at = (draw.next().value ?? 0) % bytes.length;
      const changed = Buffer.from(bytes);
      changed[at] = ((changed[at] ?? 0) + 1 + ((draw.next().value ?? 0) % 254)) % 256;
      expect(verifyEvidence(changed), `byte ${at}`).not.toEqual([]);
    }
  });

  test('also where base64 could say the same bytes otherwise: proofs, key, signature', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    for (const held of [...file.files.map((one) => one.base64), file.seal.publicKey, file.seal.signature]) {
      const last = held.replace(/=+$/, '').length - 1;
      for (const letter of letters) {
        if (letter === held[last]) continue;
        const other = `${held.slice(0, last)}${letter}${held.slice(last + 1)}`;
        expect(verifyEvidence(text.replace(held, other)), `${held} as ${other}`).not.toEqual([]);
      }
    }
  });

  test('what a proof is said to be, and what was only added, is found too', () => {
    const [proof] = file.files;
    const named = { ...file, files: [{ ...proof, contentType: 'image/png' }, ...file.files.slice(1)] };
    expect(verifyEvidence(canonical(named))).not.toEqual([]);
    for (const more of [
      { ...file, note: 'x' },
      { ...file, seal: { ...file.seal, by: 'x' } },
      { ...file, files: [{ ...proof, by: 'x' }, ...file.files.slice(1)] },
      { ...file, manifest: { ...file.manifest, by: 'x' } },
    ])
      expect(verifyEvidence(canonical(more))).not.toEqual([]);
  });

  test('who computes the hashes anew has no seal for them', () => {
    const [notice] = file.parts['notices'] ?? [];
    const parts = {
      ...file.parts,
      notices: [{ ...notice, sum_fen: 1 }, ...(file.parts['notices'] ?? []).slice(1)],
    };
    const forged = { ...file, parts };
    const whole = { ...forged, manifest: manifestOf(forged) };
    expect(verifyEvidence(canonical(whole))).toEqual(['the seal does not belong to this file']);
  });

  test('a line taken out of the history is missed', () => {
    const parts = { ...file.parts, audit: (file.parts['audit'] ?? []).filter((_row, at) => at !== 3) };
    const faults = verifyEvidence(canonical({ ...file, parts }));
    expect(faults).toEqual(expect.arrayContaining(['history: line 5 does not follow the line before it']));
  });

  test('a proof that is lost from the store is missed by name; all the rest is proved', async () => {
    const [lost] = file.files;
    if (lost === undefined) throw new Error('the stop has no proof');
    const kept = join(town.settings.BLOB_DIR, lost.sha256.slice(0, 2), lost.sha256);
    await rename(kept, `${kept}.away`);
    try {
      const found = await must(
        person(town, 'auditor-lv').get<EvidenceFile>(`/stops/${encodeURIComponent(file.stopId)}/evidence`),
      );
      expect(found.files).toEqual(file.files.slice(1));
      expect(found.parts['services']).toEqual(file.parts['services']);
      const faults = verifyEvidence(canonical(found), found.seal.publicKey);
      expect(faults.length).toBeGreaterThan(0);
      for (const fault of faults) expect(fault).toContain(lost.sha256);
    } finally {
      await rename(`${kept}.away`, kept);
    }
  });

  test('is given to leaders and auditors only', async () => {
    const path = `/stops/${encodeURIComponent(file.stopId)}/evidence`;
    expect((await person(town, 'reader-zhang').get(path)).status).toBe(403);
    expect((await person(town, 'leader-wei').get(path)).status).toBe(404);
  });
});
