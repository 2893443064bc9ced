/**
 * What others release, and images are built upon. A number behind such a word says what is inside ("rhel-9.3.0"), and
 * several releases of it are in use side by side: the next release is not a rebuild of this one.
 */
const PRODUCTS: ReadonlySet<string> = new Set(
  [
    'al alma almalinux alpine amzn bottlerocket centos debian fedora flatcar freebsd kernel leap linux macos ol opensuse',
    'oraclelinux redhat rhel rocky rockylinux sles suse ubuntu win windows',
    'cluster containerd docker ecs eks k8s kube kubernetes nomad openshift rancher',
    'clang corretto dotnet gcc glibc go golang java jdk jre net node nodejs openjdk openssl perl php py python ruby rust',
    'cuda cudnn driver emr hadoop nvidia pytorch spark tensorflow torch',
    'airflow apache cassandra consul elasticsearch gitlab grafana haproxy httpd influxdb jenkins kafka mariadb mongo',
    'mongodb mssql mysql nginx opensearch oracle pg postgres postgresql prometheus rabbitmq redis sql tomcat vault zabbix',
  ].flatMap((line) => line.split(' ')),
);

/** Words whose "v1" and "v2" exist at the same time: neither is the successor of the other. */
const NUMBERED: ReadonlySet<string> = new Set(
  'api arm cgroup cgroups graphql grpc http imds ip oauth protocol smb snmp tls'.split(' '),
);

/** Whether the word that a name has before this place is a product. */
export function followsProduct(before: string): boolean {
  return PRODUCTS.has(lastWord(before));
}

export function followsNumbered(before: string): boolean {
  return NUMBERED.has(lastWord(before));
}

/** Whether the name speaks of a product anywhere: "rhel9" and "python3" do. */
export function namesProduct(name: string): boolean {
  return (name.toLowerCase().match(/[a-z0-9]+/g) ?? []).some((word) =>
    PRODUCTS.has(word.replace(/\d+$/, '')),
  );
}

function lastWord(before: string): string {
  const [, word = ''] = /([a-z0-9]+)[^a-z0-9]*$/.exec(before.toLowerCase()) ?? [];
  return word.replace(/\d+$/, '');
}
