import twilio from 'twilio';
import { SystemRefused, SystemUnavailable } from '../errors.ts';

type TwilioClient = ReturnType<typeof twilio>;
type RequestOptions = Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0];

/** Twilio's own client, only the host differs where `origin` is given. */
class ElsewhereClient extends twilio.RequestClient {
  readonly #origin: string | undefined;
  constructor(origin: string | undefined) {
    super({ timeout: 10_000 });
    this.#origin = origin;
  }
  override request<T>(options: RequestOptions) {
    if (this.#origin === undefined) return super.request<T>(options as never);
    const url = new URL(options.uri);
    const uri = `${this.#origin.replace(/\/$/, '')}${url.pathname}${url.search}`;
    return super.request<T>({ ...options, uri } as never);
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
    if (error instanceof twilio.RestException) {
      const isOurFault =
        error.status >= 400 && error.status < 500 && ![401, 403, 408, 429].includes(error.status);
      if (isOurFault) throw new SystemRefused('carrier', String(error.code ?? error.status), error.message);
      throw new SystemUnavailable('carrier', `HTTP ${error.status}`);
    }
    throw new SystemUnavailable('carrier', error instanceof Error ? error.message : String(error));
  }
}
