import { BlockList, isIP } from 'node:net';

/** Networks that are nobody's outside: this machine, the house, the cloud's own services, groups (RFC 6890). */
const CLOSED: readonly string[] = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/128', '::1/128', '64:ff9b::/96', 'fc00::/7', 'fe80::/10', 'ff00::/8'],
];

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits = ''] = network.trim().split('/');
    if (isIP(address) === 0 || !/^\d+$/.test(bits))
      throw new Error(`"${network}" is no network (10.1.0.0/16)`);
    list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}

/** Whether an address may be reached: outside the closed networks, or in one that was opened. @throws Error for what is no network */
export function reachable(opened: readonly string[]): (address: string) => boolean {
  const [closed, open] = [listOf(CLOSED), listOf(opened)];
  return (address) => {
    const family = familyOf(address);
    return isIP(address) !== 0 && (open.check(address, family) || !closed.check(address, family));
  };
}
