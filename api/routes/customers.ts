import { z } from 'zod';
import { revokeAgreedAddress, setAgreedAddress } from '../../intake/desk/set-agreed-address.ts';
import { setContact } from '../../intake/desk/set-contact.ts';
import { revokeLinks } from '../../intake/customer/revoke-links.ts';
import { setProtection } from '../../intake/protection/set-protection.ts';
import { commandId } from '../http/command-id.ts';
import type { Role } from '../http/caller.ts';
import { route } from '../http/route.ts';
import { ACCEPTED, accepted, civilDate, given, id } from '../schemas.ts';

const tag = 'customers';
const params = z.object({ accountNo: id });
/** Who speaks with customers. */
const FRONT: readonly Role[] = ['reader', 'centre', 'clerk-95598', 'team-leader'];
const channel = z.enum(['sms', 'email', 'wechat', 'call']);
const address = z.string().trim().min(3).max(200);

const protectionRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/protection',
  operationId: 'setProtection',
  summary: {
    zh: '登记特殊保护询问结果',
    en: 'What the customer answered about life support and vulnerability (L11)',
  },
  tag,
  roles: FRONT,
  params,
  body: z.object({
    protection: z.enum(['none', 'registered']),
    consent: z.boolean().meta({ description: 'the customer agrees that this is kept' }),
  }),
  answer: accepted,
  handle: async (context, { params: { accountNo }, body }) => {
    await setProtection(context.intake, {
      ...body,
      ...{ accountNo, by: context.caller.personId, factId: commandId(context) },
    });
    return ACCEPTED;
  },
});

const agreeRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/agreed-addresses',
  operationId: 'setAgreedAddress',
  summary: { zh: '登记约定电子送达地址', en: 'The customer agrees to be served at an e-address (L8)' },
  tag,
  roles: FRONT,
  params,
  body: z.object({ channel, address, agreedOn: civilDate }),
  answer: accepted,
  status: 201,
  handle: async (context, { params: { accountNo }, body }) => {
    await setAgreedAddress(context.intake, { ...body, accountNo, by: context.caller.personId });
    return ACCEPTED;
  },
});

const revokeLinksRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/link-revocations',
  operationId: 'revokeLinks',
  summary: {
    zh: '撤销用户页面链接',
    en: "Take back every link to the customer's page: a phone was lost or has changed hands",
  },
  tag,
  roles: FRONT,
  params,
  body: z.object({ reason: z.string().trim().min(1).max(300) }),
  answer: z.object({ revoked: z.int() }),
  handle: (context, { params: { accountNo }, body }) =>
    revokeLinks(context.intake, { ...body, accountNo, by: context.caller.personId }),
});

const revokeRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/agreed-addresses/revocation',
  operationId: 'revokeAgreedAddress',
  summary: { zh: '撤销约定电子送达地址', en: 'The customer takes the agreement back' },
  tag,
  roles: FRONT,
  params,
  body: z.object({ channel }),
  answer: accepted,
  handle: async (context, { params: { accountNo }, body }) => {
    await revokeAgreedAddress(context.intake, { ...body, accountNo, by: context.caller.personId });
    return ACCEPTED;
  },
});

const contactRoute = route({
  method: 'post',
  path: '/accounts/:accountNo/contact',
  operationId: 'setContact',
  summary: { zh: '变更联系方式', en: 'Change phone or e-mail; null takes it off' },
  tag,
  roles: FRONT,
  params,
  body: z
    .object({ phone: address.nullable().optional(), email: address.nullable().optional() })
    .refine(({ phone, email }) => phone !== undefined || email !== undefined, {
      message: 'phone or email is needed',
    }),
  answer: accepted,
  handle: async (context, { params: { accountNo }, body }) => {
    await setContact(context.intake, { ...given(body), accountNo, by: context.caller.personId });
    return ACCEPTED;
  },
});

export const customerRoutes = [protectionRoute, agreeRoute, revokeLinksRoute, revokeRoute, contactRoute];
