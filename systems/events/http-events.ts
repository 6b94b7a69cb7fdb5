import { lookup } from 'node:dns';
import { request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import { SystemRefused, SystemUnavailable } from '../errors.ts';
import { reachable } from './closed-networks.ts';
import type { EventsPort } from './port.ts';

const TIMEOUT_MS = 10_000;
const LOCAL_NAME = /^localhost$|\.localhost$/;

/** A name is looked up once, by the connection itself: what was checked is what is reached. */
function guardedLookup(mayReach: (address: string) => boolean): NonNullable<RequestOptions['lookup']> {
  return (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '');
      const addresses = found.filter(({ address }) => mayReach(address));
      const [first] = addresses;
      if (first === undefined)
        return callback(Object.assign(new Error('closed network'), { code: 'closed-network' }), '');
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family);
    });
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

/** Posts events over HTTP; never into a network that was not opened for it, wherever a name leads. `opened`: CIDR. */
export function httpEvents(opened: readonly string[]): EventsPort {
  const mayReach = reachable(opened);
  const guard = guardedLookup(mayReach);
  const isOpen = (url: URL): boolean => {
    const host = hostOf(url);
    if (isIP(host) !== 0) return mayReach(host);
    return !LOCAL_NAME.test(host) || mayReach('127.0.0.1');
  };
  return {
    mayName: (text) => {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (url === undefined || url.username !== '' || url.password !== '') return Promise.resolve(false);
      const host = hostOf(url);
      // An address, not a name that begins like one.
      const isHere = LOCAL_NAME.test(host) || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
      const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
      return Promise.resolve(isSafe && isOpen(url));
    },
    post: async ({ url: text, headers, body }) => {
      const url = new URL(text);
      if (!isOpen(url)) throw new SystemRefused('events', 'closed-network', url.host);
      const send = url.protocol === 'https:' ? secureRequest : plainRequest;
      const bytes = Buffer.from(body, 'utf8');
      return new Promise((resolve, reject) => {
        const signal = AbortSignal.timeout(TIMEOUT_MS);
        const call = send(url, {
          ...{ method: 'POST', lookup: guard, signal, agent: false },
          headers: { ...headers, 'content-length': String(bytes.length) },
        });
        call.on('response', (answer) => {
          // Its words are nothing to us; where it points on to is not followed.
          answer.resume();
          resolve({ status: answer.statusCode ?? 0 });
        });
        call.on('error', (error: NodeJS.ErrnoException) =>
          reject(
            error.code === 'closed-network'
              ? new SystemRefused('events', 'closed-network', url.host)
              : new SystemUnavailable('events', error.code ?? error.name),
          ),
        );
        call.end(bytes);
      });
    },
  };
}
