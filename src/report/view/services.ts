/** Names that engineers read instead of numbers. Facts keep the numbers; a name is only ever added beside one. */

// IANA's service names where people use them, else the name of the product that made the port known.
// biome-ignore format: a table reads as a table
const TCP: Readonly<Record<string, string>> = {
  '20': 'ftp-data', '21': 'ftp', '22': 'ssh', '23': 'telnet', '25': 'smtp', '53': 'dns', '80': 'http', '88': 'kerberos',
  '110': 'pop3', '111': 'rpcbind', '135': 'msrpc', '139': 'netbios', '143': 'imap', '179': 'bgp', '389': 'ldap',
  '443': 'https', '445': 'smb', '465': 'smtps', '514': 'syslog', '587': 'submission', '636': 'ldaps', '873': 'rsync',
  '993': 'imaps', '995': 'pop3s', '1433': 'mssql', '1521': 'oracle', '2049': 'nfs', '2181': 'zookeeper',
  '2375': 'docker', '2376': 'docker-tls', '2379': 'etcd', '3306': 'mysql', '3389': 'rdp', '5432': 'postgresql',
  '5439': 'redshift', '5671': 'amqps', '5672': 'amqp', '5900': 'vnc', '5985': 'winrm', '5986': 'winrm-tls',
  '6379': 'redis', '6443': 'kubernetes', '8080': 'http-alt', '8443': 'https-alt', '9092': 'kafka',
  '9200': 'elasticsearch', '10250': 'kubelet', '11211': 'memcached', '27017': 'mongodb',
};

// biome-ignore format: a table reads as a table
const UDP: Readonly<Record<string, string>> = {
  '53': 'dns', '67': 'dhcp', '68': 'dhcp', '69': 'tftp', '88': 'kerberos', '111': 'rpcbind', '123': 'ntp',
  '137': 'netbios', '138': 'netbios', '161': 'snmp', '162': 'snmp-trap', '389': 'ldap', '443': 'quic', '500': 'ike',
  '514': 'syslog', '1194': 'openvpn', '1812': 'radius', '2049': 'nfs', '3389': 'rdp', '4500': 'ipsec-nat-t',
  '4789': 'vxlan', '11211': 'memcached', '51820': 'wireguard',
};

// biome-ignore format: a table reads as a table
const ICMP: Readonly<Record<string, string>> = {
  '0': 'echo reply', '3': 'destination unreachable', '3/4': 'fragmentation needed', '5': 'redirect',
  '8': 'echo request', '11': 'time exceeded', '12': 'parameter problem',
};

// biome-ignore format: a table reads as a table
const ICMPV6: Readonly<Record<string, string>> = {
  '1': 'destination unreachable', '2': 'packet too big', '3': 'time exceeded', '4': 'parameter problem',
  '128': 'echo request', '129': 'echo reply', '133': 'router solicitation', '134': 'router advertisement',
  '135': 'neighbor solicitation', '136': 'neighbor advertisement',
};

// biome-ignore format: a table reads as a table
const PROTOCOLS: Readonly<Record<string, string>> = {
  '2': 'igmp', '4': 'ip-in-ip', '41': 'ipv6', '47': 'gre', '50': 'esp', '51': 'ah', '88': 'eigrp', '89': 'ospf',
  '94': 'ipip', '97': 'etherip', '103': 'pim', '112': 'vrrp', '115': 'l2tp', '132': 'sctp',
};

const BY_PROTOCOL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tcp: TCP,
  udp: UDP,
  icmp: ICMP,
  icmpv6: ICMPV6,
};

function lookUp(table: Readonly<Record<string, string>> | undefined, key: string): string | null {
  return table && Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}

/** The name of one port or of one ICMP type (`8`, `3/4`); null for a range and for what has no well-known name. */
export function serviceName(protocol: string, number: string): string | null {
  return lookUp(Object.hasOwn(BY_PROTOCOL, protocol) ? BY_PROTOCOL[protocol] : undefined, number);
}

/** `50` reads `protocol 50 (esp)`; names stay names. */
export function protocolName(protocol: string): string {
  if (!/^\d+$/.test(protocol)) return protocol;
  const name = lookUp(PROTOCOLS, protocol);
  return name ? `protocol ${protocol} (${name})` : `protocol ${protocol}`;
}
