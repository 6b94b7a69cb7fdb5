import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Payload } from '@temporalio/common';
import { expect, test } from 'vitest';
import { fixedKeys } from '../../db/keys/key-ring.ts';
import { SEALED_ENCODING, payloadCodec } from '../../engine/payload-codec.ts';
import { fc, forAllAsync } from '../support/property.ts';

const secret = (): string => randomBytes(32).toString('base64');
const hashKey = secret();
const [one, two] = [`p1:${secret()}`, `p2:${secret()}`];
const codecOf = (payloadKeys: string) =>
  payloadCodec(fixedKeys({ dataKeys: `k1:${secret()}`, hashKey, payloadKeys }));
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value) as Payload;
const valueOf = (payload: Payload | undefined): unknown =>
  defaultPayloadConverter.fromPayload(payload as Payload);

test('whatever goes in comes out, and nothing of it can be read in between (K4.3)', () =>
  forAllAsync([fc.jsonValue()], async (value) => {
    const codec = codecOf(one);
    const [sealed] = await codec.encode([payloadOf({ value, mark: '张三丰' })]);
    expect(Buffer.from(sealed?.data ?? '').includes('张三丰')).toBe(false);
    expect(Buffer.from(sealed?.metadata?.['encoding'] ?? '').toString()).toBe(SEALED_ENCODING);
    const [opened] = await codec.decode(sealed === undefined ? [] : [sealed]);
    expect(valueOf(opened)).toEqual({ value: JSON.parse(JSON.stringify(value)) as unknown, mark: '张三丰' });
  }));

test('an old key still opens what a newer one would seal otherwise; a key that is gone opens nothing', async () => {
  const old = await codecOf(one).encode([payloadOf('kept')]);
  expect(valueOf((await codecOf(`${two},${one}`).decode(old))[0])).toBe('kept');
  const [renewed] = await codecOf(`${two},${one}`).encode([payloadOf('kept')]);
  expect(Buffer.from(renewed?.metadata?.['key-id'] ?? '').toString()).toBe('p2');
  await expect(codecOf(two).decode(old)).rejects.toThrow('key p1 is not in PAYLOAD_KEYS');
});

test('one changed byte does not open', async () => {
  const codec = codecOf(one);
  const [sealed] = await codec.encode([payloadOf({ amountFen: 1 })]);
  for (let at = 0; at < (sealed?.data?.length ?? 0); at += 1) {
    const data = Buffer.from(sealed?.data ?? '');
    data[at] = (data[at] ?? 0) ^ 1;
    await expect(codec.decode([{ ...sealed, data }]), `byte ${at}`).rejects.toThrow(
      /unsupported state|auth/i,
    );
  }
});

test('what was written before there was a codec is read as it is', async () => {
  const plain = payloadOf({ stage: 'approval' });
  expect(valueOf((await codecOf(one).decode([plain]))[0])).toEqual({ stage: 'approval' });
});
