import type { AnchorPort } from './anchor/port.ts';
import type { BillingPort } from './billing/port.ts';
import type { BlobPort } from './blobs/port.ts';
import type { CreditPlatformPort } from './credit-platform/port.ts';
import type { EventsPort } from './events/port.ts';
import type { FieldWorkPort } from './field-work/port.ts';
import type { GovernmentPort } from './government/port.ts';
import type { MailPort } from './mail/port.ts';
import type { MeterPort } from './meter/port.ts';
import type { SmsPort } from './sms/port.ts';
import type { VoicePort } from './voice/port.ts';
import type { WechatPort } from './wechat/port.ts';

/** Every system outside, behind its port. */
export interface Systems {
  readonly billing: BillingPort;
  readonly sms: SmsPort;
  readonly voice: VoicePort;
  readonly wechat: WechatPort;
  readonly mail: MailPort;
  readonly events: EventsPort;
  readonly fieldWork: FieldWorkPort;
  readonly meter: MeterPort;
  readonly government: GovernmentPort;
  readonly creditPlatform: CreditPlatformPort;
  readonly blobs: BlobPort;
  /** Where the root of the audit is put; none is a fault that the worker tells of. */
  readonly anchors: readonly AnchorPort[];
}
