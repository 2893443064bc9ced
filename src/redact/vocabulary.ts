// Written by `npm run generate:words`: the words of the tool's own sentences.
const WORDS: ReadonlySet<string> = new Set(
  `
  A ACL ACLs AMI AMIs API ARN ARNs AWS AWS-managed About Absent Access Account Accounts Add Addresses
  Admit Aliases All Allow Allowed Also Always Amazon An Another Application Apply Architecture As Ask
  AssociatePublicIpAddress Associated At AttachmentLimitExceeded Attribute-based Attributes Auditor
  Authorize Auto AutoScalingGroups Availability Backup Balancer Balancers Balancing Baseline Batch
  Beanstalk Beware Bin Block BlockPublicAccessStates Blocks Bootstrap Both Build BuildHost Builder By CDK
  CIDR CIDRs CLI CUSTOMER Cannot Canonical Change Check Choose Cidr Classic Client Cloud9 CloudFormation
  CodeDeploy Compare Compared Compares Conditions Configuration Connections Controller Copied Copy
  CopyImage Correct Cost Create CreateImage DNS Data Decrypt Default DefaultValue Delete Depends Deploy
  Deprecation DescribeImages DescribeKeyPairs DescribeStaleSecurityGroups Descriptions Did Different
  Directory Disabled Disaster Do Download EBS EC2 EC2-Classic ED25519 EKS ENA Each Ec2ImageBuilderArn Edit
  Either Elastic Empty Enable Enabled Encrypted Encryption Every Everything Exclude Exit Expired Expires
  FILE FIPS False Families Find FindInMap Findings Fingerprint Fingerprints Firewall First Fix Fn For Free
  From FullSnapshotSizeInBytes Further GB GPUs GROUP Gbps Generated Get GetAZs GetSnapshotBlock GiB Give
  Group Groups GuardDuty HTTP HTTPS Has Have High Host How HttpEndpoint HttpTokens I IAM ICMP IMDS IMDSv1
  IMDSv2 IOPS IP IPv4 IPv6 ISO ISO-8601 Id Ids If Image Images Import ImportKeyPair ImportValue In
  InProgress Inbound IncludePublicKey Incomplete Ingress Instance Instances
  InsufficientFreeAddressesInSubnet InternalError Invalid InvalidAMIID InvalidBlockDeviceMapping
  InvalidCapacityReservationId InvalidGroup InvalidKMSKey InvalidNetworkInterfaceID
  InvalidParameterCombination InvalidParameterValue InvalidPlacementGroup InvalidSnapshot InvalidState
  InvalidSubnetID IpPermissions IpPermissionsEgress Is It Its JSON KEY KMS Karpenter Keep Key
  KeyFingerprint KeyPairs KeyType Keys KiB Known Kubernetes L-1216C47A L-2AFB9258 Last Lattice Launch
  LaunchConfigurations LaunchTemplate LaunchTemplateData LaunchTemplates Launching Left Lifecycle List
  ListSnapshotBlocks Load Local Log Look Looked MD5 Make Manager Map Mapping Mappings Marketplace Max
  MaxEntries MaxSpotInstanceCountExceeded Mbps Means Memory Merge MiB Migration More Move NAME NAT Name
  Names Neither Network Never Newer Newest NitroTPM No NoEcho Node Not NotFound Nothing Null October Of On
  On-Demand One Only OpenShift Or Organization Original Otherwise Outpost Parameters Patterns
  PendingDeletion Per Placement Point Prefix Profile Protect Public PublicKey Put Quotas RDS REGION REPORT
  RFC RSA Raise Read Recovery Recycle Refer Refers Refused Region Regions Register Regular Remove Rename
  Renew Replace Report Request Requests Reservations Resolves Restore Restricted Revoke Routes
  RuleCondition Rules Run Running S3 SDK SECONDS SHA-1 SHA-256 SHA256 SNS SQS SR-IOV SSM SSM-typed Same
  Save Say Says Scaling Security SecurityGroupRules SecurityGroups SecurityGroupsPerInterfaceLimitExceeded
  See Serves Service Set Several Severity Share Size Some Sorted Source SourceImageId Spot Stable StackSet
  Stacks Standard Store Subnet Suggested Support Swap Systems TLS TPM Tags Take Terraform That The Then
  There They This Those To Tools Transit Translated Try Two URL UTC Unable Unknown Unset Unsupported
  UnsupportedOperation Until Update Updating Upload Use User VPC VPCIdNotSpecified VPCs VPNs VT Validating
  Value VcpuLimitExceeded Volume Volumes VpcId Wait Was What When Where Whether Which Why Windows With
  Without WorkSpaces Would Write Written Wrong YAML You Your Zone Zones a able about above absent
  accelerator accept accepted access account accounts across actions active activities add added address
  addresses administrator admit admits admitted advertisement affect affected affects after again against
  airflow al alias alike all allow allowed allows allows-more alma almalinux alone alpine already also
  although always amazon amazon-web-services ambiguous amd among amounts amzn an ancestors ancestry and
  another answer answered answers any anything apache apart appeared apple applied applies apply
  architecture are arm64 arn around artifact artifacts as ask asked asking asks assemblies assertion
  associate associated associations assume at atom attached attaches attempt attempts attribute
  attribute-based attributes audit audited authorize autoScalingGroups autoscaling availability
  availability-zone availabilityZone available away aws aws-marketplace back backed backup balancer
  balancers bandwidth bare base base64 baseline be became because become been before begin begins behave
  behind belong belongs beside besides better between beyond big bits blank blanks bld block
  block-bidirectional block-ingress blocking blocks blue body boot boots bootstrap both bottlerocket
  boundaries break bucket budget build builds built busy but by bytes call called caller came can cancel
  candidate cannot canonical capacity cards carries carry case case-insensitive cassandra cause causes cdk
  centos certain chain change changed changes characters charged check checked choice choose chooses
  chosen cidrs clang class classic clock cloudformation cluster code code-unit codes collectors column
  come comes command commands comment common compare compared compares comparison comparisons complete
  completed completely completes compute computed condition confidence config configuration configurations
  conflict connection connections considered console consul contact contain containerd contains content
  contradictory contradicts control controller controllers copied copies copy copy-image copying correct
  correspond corresponding corresponds corretto cost costs could count counted counterpart counterparts
  counts cover coverage covers cp create create-default-subnet create-grant create-managed-prefix-list
  create-restore-image-task create-security-group create-store-image-task create-tags created creates
  creation credentials criteria critical cuda cudnn current customer customer-managed cut damaged data
  database databases date dates day days db8 dd debian decide decided decides dedicated deeper default
  default-VPC defaults define defined degrade degrades delete delete-key-pair deleted deletion demands
  denies depend depending depends deploy deployed deployment deprecated deprecation deregister
  deregistered deregistration describe-image-attribute describe-images describe-instance-type-offerings
  describe-instance-types describe-key describe-key-pairs describe-launch-template-versions
  describe-lifecycle-hooks describe-managed-prefix-lists describe-prefix-lists describe-regions
  describe-security-groups describe-snapshots describe-store-image-tasks describe-vpcs description
  descriptions design desired destination details device devices did differ difference different
  differently differs digest direction directory disable-image-deprecation disabled disk disks disprove
  distinguish divided dlm do docker document documented documents does does-not-apply domain done dotnet
  doubtful down drift driver drop drops dump dumps each earlier early ebs ec2 ec2-parity echo ecs ed25519
  edit edited effect egress egress-only either eks elasticsearch element else empty emr emulator
  enable-image enable-image-deprecation enable-image-deregistration-protection enable-region enabled
  encrypted encryption encrypts end ending endpoint endpoints ends enforced enforces entries
  entries-differ entry env environment ephemeral0 equal error esac even ever every everything everywhere
  evidence exact exactly example exceed exceeded exceeds except exclude excluded excludes exclusions exist
  existing exists expect expected expire expired explains export exported exports expression fact facts
  fail failed fails false families family far faulty fedora few fewer field fields file files final find
  finding findings finds fine fingerprint fingerprints finished firewalls first fit fits fix flatcar flow
  folder folders follow followed for form format former forms found four fpga fragmentation free freebsd
  from front full functions gap gaps gateway gateways gave gcc generated generator get-caller-identity
  get-image-ancestry get-managed-prefix-list-entries get-parameters get-parameters-by-path get-template
  gets gitlab give given gives glibc go goes golang gpu grafana green group grouped groups guess guessed
  gz gzip had hadoop halves handle happens haproxy hard-coded hardware has hashes have hdd help here hides
  high higher hint hold holds hook hooks host hosts hour hours how http httpTokensEnforced httpd iam
  iam-policy iamInstanceProfile icmp icmpv6 id identify identity ids if ignore ignored ignores image
  image-available images import import-key-pair important imported imports in in-tree include included
  incoming incomplete increased independent indexes inference influxdb info ingress inside installer
  instance instance-level instance-store instances instead intel intended intentionally interface
  interfaces internet interrupted into invalid is it items its itself java jdk jenkins jq jre json judged
  k8s kOps kafka keep keeps kept kernel key key-pair key-pairs keyPairs keys kind kinds kms knew know
  known knows kube kubernetes label lacks large larger last later latest launch launchConfigurations
  launchPermission launchTemplates launched launches launching leap least leave leaves ledger left length
  less let lets levels licence lifecycle lifecycle-policy-id like limit line lineage lines link linux list
  list-service-quotas listed listing lists live load load-balancer local log logical login long longer
  longest look look-up look-ups looked looks lost m5 machines macos made make maker makes managed manages
  manually many map mapping mappings maps mariadb masked match matches matching matter matters maximum may
  mean meant media medium members memory memory-mib message messages metadata metal minutes missing mixed
  mixes mode modify-image-attribute modify-managed-prefix-list modify-snapshot-attribute mongo mongodb
  more most mount move mssql multi-Region must mysql n2 name named names narrow nd nearest need needed
  needs neighbor neither nested nests net network networks never nevertheless new newer newest next nginx
  no no-preference node nodejs nodes nomad none nor not not-looked-at not-read notLookedAt nothing
  notification notifies notify now null number numbers numeric nvidia object objects of off offer offered
  offering offerings offers often ol old older on once one ones only open openjdk opensearch openshift
  openssl opensuse operation optional options or oracle oraclelinux order orders organization
  organizational-unit organizations other others otherwise out outbound outgoing output outside over
  overridden override overrides own owned owner owners owns packet packets page paged pages pair paired
  pairing pairs parameter parameters parent part partition partitions parts pass password past path
  pattern peer peered peering peerings peers pending people per perl permanently permission permissions
  persists pg phase php pin pinned pins pipeline place placement places plain plan platform platforms
  points policies policy port ports postgres postgresql precedence prefix prefix-list previous price
  prices printed printf prints private problem processors prod product profile profiles progress
  prometheus property protected protection protocol protocols prove proven proves proxy pseudonyms pub
  public public-key publish publishes put put-parameter puts py python pytorch question queue quota quotas
  rabbitmq raise raised rancher range ranges rd reach reachable reached reaches read read-only readable
  reading reads ready reason rebuild rebuilt received recognise recognised record records redacted redhat
  redis refer reference referenced references referred refers refuse refused refuses region regional
  regions register registered regular rely remedies remedy remove removed replaced replicated replies
  reply report reported reports request requested requests required requires reservation reservations
  reserves resolve resolved resolves resource resources response rest restore
  restore-image-from-recycle-bin restored restricted result return returned returns rev reviewed revoke
  revoked revokes rhel right rocky rockylinux role roles rollback room root route router row rows rsa ruby
  rule rules rulesPerGroup run running runs rust s3 safe same sample sampled save saved say says scaling
  schema schemaVersion schemes scope screen scripts searched second seconds section security
  security-group security-groups securityGroups see seen sees selection selects self send sends sent
  sentence separate separately serve server service service-linked services session set sets setting
  settings several severity sh share shared shares sharing shell shorter show showing shown shows side
  side-by-side sides sign sign-up signed since size sizes skip sleep sles slow small smaller snapshot
  snapshots so solicitation some something sorted source source-resource space spark specified spelling
  split spot sql src ssd ssh-keygen ssm sso st stable stack stacks stale standby start started starts
  state stated statement states stay stem step steps still stopped stops storage store stored stores
  strength strengthens sts subject subjects subnet subnets subscribe subscribed subscriptions succeeded
  successor such suffix suggest support supported suse swapped switches symbolic system table tables tag
  tags take taken takes target tcp team template template-NAME templates ten tensorflow terminated
  termination test text texts th than that the their them themselves then there these they this those
  three throttling through throughput time times to together token tomcat too tool tools top-level topic
  torch total toward track tracked tracks traffic transfer transform transit translated treated tried true
  trusts try ts twice two type types ubuntu udp unable unadapted undefined under undocumented unencrypted
  unfit union unique units unknown unless unnamed unreachable unread unresolved unresolved-peer unset
  unsupported until unusable unusable-copy up us-east-1 usable usage use used user uses usual v1 vCPU
  vCPUs valid value values variable vary vault vcpu verdict verdicts verification verified version
  versions very virtualization volume volumes vpc vpcs wait waits waive waived waiver waivers waives want
  wants was watermark way weaker weighs weights went were what when where wherever whether which while who
  whole whose why wider will win windows with within without wizard word words work worked workload
  workloads works worse worsened worst would write writes written wrong wrote yaml yet you your zabbix
  zeros zone zones
`
    .trim()
    .split(/\s+/),
);

/** Whether the tool writes this word itself, or it is a number: it then gives nothing away. */
export function isToolWord(word: string): boolean {
  return WORDS.has(word) || NUMBER.test(word);
}

/** With at most eleven digits: twelve are an account. Versions, sizes and ranges of ports are numbers too. */
const NUMBER = /^(?:v|-|\+|~)?\d{1,3}(?:,\d{3}){1,3}$|^(?:v|-|\+|~)?\d{1,11}(?:[.-]\d{1,11}){0,2}%?$/;
