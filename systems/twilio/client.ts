import twilio from 'twilio';
import { SystemRefused, SystemUnavailable } from '../errors.ts';

type TwilioClient = ReturnType<typeof twilio>;
type RequestOptions = Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0];

function waitOf(headers: unknown): number | undefined {
  const value =
    typeof headers === 'object' && headers !== null ? new Map(Object.entries(headers)) : new Map();
  const seconds = Number(value.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

/** Twilio's own client, only the host differs where `origin` is given. */
class ElsewhereClient extends twilio.RequestClient {
  readonly #origin: string | undefined;
  constructor(origin: string | undefined) {
    super({ timeout: 10_000 });
    this.#origin = origin;
  }
  override async request<T>(options: RequestOptions) {
    const response = await super.request<T>(this.#elsewhere(options) as never);
    // Twilio's own error forgets the header; a carrier that asks to wait is obeyed.
    if (response.statusCode === 429)
      throw new SystemUnavailable('carrier', 'HTTP 429', waitOf(response.headers));
    return response;
  }
  #elsewhere(options: RequestOptions): RequestOptions {
    if (this.#origin === undefined) return options;
    const url = new URL(options.uri);
    return { ...options, uri: `${this.#origin.replace(/\/$/, '')}${url.pathname}${url.search}` };
  }
}

export interface TwilioOptions {
  readonly accountSid: string;
  readonly authToken: string;
  /** The number we call and write from, E.164. */
  readonly from: string;
  readonly origin: string | undefined;
}

export const twilioClient = (options: TwilioOptions): TwilioClient =>
  twilio(options.accountSid, options.authToken, {
    httpClient: new ElsewhereClient(options.origin),
    accountSid: options.accountSid,
  });

/** Runs one call to the carrier. @throws SystemRefused for 4xx except 401, 403, 408 and 429 | SystemUnavailable for the rest */
export async function askCarrier<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof SystemUnavailable) throw error;
    if (error instanceof twilio.RestException) {
      const isOurFault =
        error.status >= 400 && error.status < 500 && ![401, 403, 408, 429].includes(error.status);
      if (isOurFault) {
        // The carrier repeats the number in its words; the code says the same without it.
        throw new SystemRefused('carrier', String(error.code ?? error.status), `HTTP ${error.status}`);
      }
      throw new SystemUnavailable('carrier', `HTTP ${error.status}`);
    }
    throw new SystemUnavailable('carrier', error instanceof Error ? error.message : String(error));
  }
}
