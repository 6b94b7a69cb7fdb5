import type { CallRow } from './calls.ts';
import { durationSeconds } from './calls.ts';
import type { MessageRow } from './messages.ts';

/** A message as Twilio writes it. */
export function messageResource(accountSid: string, row: MessageRow): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${row.sid}`;
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: row.body,
    date_created: rfc2822(row.created_at),
    date_sent: rfc2822(row.sent_at),
    date_updated: rfc2822(row.updated_at),
    direction: row.direction,
    error_code: row.error_code,
    error_message: row.error_code === null ? null : 'The message did not reach the handset.',
    from: row.from_phone,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: '1',
    price: null,
    price_unit: 'CNY',
    sid: row.sid,
    status: row.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: row.to_phone,
    uri: `${uri}.json`,
  };
}

/** A call as Twilio writes it. */
export function callResource(accountSid: string, row: CallRow): Record<string, unknown> {
  return {
    account_sid: accountSid,
    annotation: null,
    answered_by: null,
    api_version: '2010-04-01',
    caller_name: null,
    date_created: rfc2822(row.created_at),
    date_updated: rfc2822(row.updated_at),
    direction: 'outbound-api',
    duration: row.ended_at === null ? null : String(durationSeconds(row)),
    end_time: rfc2822(row.ended_at),
    forwarded_from: null,
    from: row.from_phone,
    from_formatted: row.from_phone,
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: null,
    price: null,
    price_unit: 'CNY',
    queue_time: '0',
    sid: row.sid,
    start_time: rfc2822(row.started_at),
    status: row.status,
    subresource_uris: {},
    to: row.to_phone,
    to_formatted: row.to_phone,
    trunk_sid: null,
    uri: `/2010-04-01/Accounts/${accountSid}/Calls/${row.sid}.json`,
  };
}

function rfc2822(instant: string | null): string | null {
  return instant === null ? null : new Date(instant).toUTCString().replace('GMT', '+0000');
}
