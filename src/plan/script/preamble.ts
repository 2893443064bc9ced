/** What `plan.sh` defines before its steps. POSIX: neither `local` nor arrays, so that dash runs it as bash does. */
export const FUNCTIONS = String.raw`
usage() {
  cat <<'END'
Usage: sh plan.sh [--dry-run] [--help]

Makes the changes of the plan with the AWS CLI, one step after the other. Each step
first looks whether its result exists, so that the script can be run again after it
stopped: it continues there, and does not repeat what is done.

  --dry-run   print the steps and their commands; call nothing, neither to read nor to write
  --help      this text

Variables of the environment, with their defaults at the top of the script:
  SOURCE_PROFILE, SOURCE_REGION   the profile of the AWS CLI and the region of the source
  TARGET_PROFILE, TARGET_REGION   the same of the target; an empty profile is the default one
  WAIT_MINUTES                    how long to wait for one image to become available
END
}

dry_run=no
for argument in "$@"; do
  case $argument in
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit 0 ;;
    *) printf 'plan.sh has no option "%s". See: sh plan.sh --help\n' "$argument" >&2; exit 2 ;;
  esac
done

# The AWS CLI must not open a pager, and must not read texts as files or addresses.
AWS_PAGER=''
# In any locale, what the AWS CLI reads and prints is UTF-8.
AWS_CLI_FILE_ENCODING=UTF-8
PYTHONUTF8=1
export AWS_PAGER AWS_CLI_FILE_ENCODING PYTHONUTF8
# What functions print for the user while their standard output is taken by the script.
exec 3>&1

fail() {
  printf 'plan.sh: %s\n' "$1" >&2
  exit 1
}

# ended STATUS: says where the script stopped, and how to go on.
pause_id=
ended() {
  if [ -n "$pause_id" ]; then kill "$pause_id" 2>/dev/null || :; fi
  if [ "$1" -ne 0 ] && [ "$step_number" -gt 0 ]; then
    printf 'plan.sh: stopped in step %s of %s. Run the script again to go on: it does not repeat what is done.\n' "$step_number" "$step_count" >&2
  fi
}
trap 'ended $?' EXIT
# A call of the AWS CLI that has begun is finished first, unless the signal ends it too, as Ctrl-C does.
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# pause SECONDS: a sleep that a signal ends at once, which the shell would otherwise handle only after it.
pause() {
  sleep "$1" &
  pause_id=$!
  wait "$pause_id" || :
  pause_id=
}

# call SIDE WORD...: the AWS CLI with the profile and the region of that side.
call() {
  case $1 in
    source) call_profile=$SOURCE_PROFILE call_region=$SOURCE_REGION ;;
    *) call_profile=$TARGET_PROFILE call_region=$TARGET_REGION ;;
  esac
  shift
  if [ -n "$call_profile" ]; then
    aws --profile "$call_profile" --region "$call_region" --output text "$@"
  else
    aws --region "$call_region" --output text "$@"
  fi
}

# look SIDE WORD...: a call that only reads. A dry run makes none, and finds nothing.
look() {
  if [ "$dry_run" = yes ]; then return 0; fi
  call "$@" </dev/null
}

# change SIDE WORD...: a call that changes something. A dry run prints it.
change() {
  if [ "$dry_run" = no ]; then
    call "$@"
    return
  fi
  {
    printf '    aws ('
    printf '%s)' "$1"
    shift
    for word in "$@"; do
      printf " '"
      printf '%s' "$word" | sed "s/'/'\\\\''/g"
      printf "'"
    done
    printf '\n'
  } >&3
  printf '<%s>' "made by step $step_number"
}

# step NUMBER SIDE TEXT: the line of a step.
step() {
  step_number=$1
  printf '[%s/%s] %s: %s\n' "$1" "$step_count" "$2" "$3"
}

# exists: says that the result of the step exists already.
exists() {
  printf '    exists already\n'
}

# only ID: one id of those that a look-up prints, which may be none.
only() {
  case $1 in
    *[!A-Za-z0-9-]*) fail "several objects have the name that step $step_number looks for: $1" ;;
    *) printf '%s' "$1" ;;
  esac
}

newline='
'

# has LINES LINE: whether a line is among those that a look-up printed.
has() {
  case "$newline$1$newline" in
    *"$newline$2$newline"*) return 0 ;;
    *) return 1 ;;
  esac
}

# has_or_dry LINES LINE: the same; in a dry run, which looks nothing up, always.
has_or_dry() {
  [ "$dry_run" = yes ] || has "$1" "$2"
}

# lacks_all LINES LINE...: whether none of the lines is among those that a look-up printed.
lacks_all() {
  all_lines=$1
  shift
  for one_line in "$@"; do
    if has "$all_lines" "$one_line"; then return 1; fi
  done
  return 0
}
`;

/** Functions that only some plans need, by name, in the order in which they are defined. */
export const HELPERS = {
  check_account: `
# check_account SIDE ACCOUNT: refuses to work with another account than the one that the plan was made for.
check_account() {
  if [ "$dry_run" = yes ]; then return 0; fi
  found=$(look "$1" sts get-caller-identity --query Account)
  if [ "$found" != "$2" ]; then
    fail "the credentials of the $1 are of account $found, and the plan was made for account $2"
  fi
}
`,
  rules_of: String.raw`
# rules_of GROUP: a line for each rule of a group of the target.
rules_of() {
  look target ec2 describe-security-group-rules \
    --filters '[{"Name":"group-id","Values":["'"$1"'"]}]' \
    --query "SecurityGroupRules[].[join('|',[(IsEgress && 'egress') || 'ingress',IpProtocol,((IpProtocol=='tcp' || IpProtocol=='udp' || IpProtocol=='icmp' || IpProtocol=='icmpv6') && join('-',[to_string(FromPort),to_string(ToPort)])) || 'all',CidrIpv4 || CidrIpv6 || PrefixListId || ReferencedGroupInfo.GroupId || 'none'])]"
}
`,
  rule_id: String.raw`
# rule_ids_of GROUP: the id and the line of each rule of a group of the target.
rule_ids_of() {
  look target ec2 describe-security-group-rules \
    --filters '[{"Name":"group-id","Values":["'"$1"'"]}]' \
    --query "SecurityGroupRules[].[join(' ',[SecurityGroupRuleId,join('|',[(IsEgress && 'egress') || 'ingress',IpProtocol,((IpProtocol=='tcp' || IpProtocol=='udp' || IpProtocol=='icmp' || IpProtocol=='icmpv6') && join('-',[to_string(FromPort),to_string(ToPort)])) || 'all',CidrIpv4 || CidrIpv6 || PrefixListId || ReferencedGroupInfo.GroupId || 'none'])])]"
}

# rule_id LINES LINE: the id of a rule among those that rule_ids_of printed.
rule_id() {
  if [ "$dry_run" = yes ]; then printf '<the id of %s>' "$2"; fi
  printf '%s\n' "$1" | while read -r one_id one_line; do
    if [ "$one_line" = "$2" ]; then printf '%s' "$one_id"; fi
  done
}
`,
  described_rules_of: String.raw`
# described_rules_of GROUP: the same lines, each with the description of the rule.
described_rules_of() {
  look target ec2 describe-security-group-rules \
    --filters '[{"Name":"group-id","Values":["'"$1"'"]}]' \
    --query "SecurityGroupRules[].[join('|',[(IsEgress && 'egress') || 'ingress',IpProtocol,((IpProtocol=='tcp' || IpProtocol=='udp' || IpProtocol=='icmp' || IpProtocol=='icmpv6') && join('-',[to_string(FromPort),to_string(ToPort)])) || 'all',CidrIpv4 || CidrIpv6 || PrefixListId || ReferencedGroupInfo.GroupId || 'none',Description || ''])]"
}
`,
  check_template: `
# check_template TEMPLATE MARKER: stops where a launch template of the target was not made by this plan.
check_template() {
  found=$(look target ec2 describe-launch-template-versions --launch-template-id "$1" --query 'LaunchTemplateVersions[?VersionNumber==\`1\`].[VersionDescription]')
  if [ "$found" != "$2" ]; then
    fail "the target has another launch template by the name of step $step_number: $1. Make the plan again"
  fi
}
`,
  authorize: String.raw`
# authorize WORD...: authorizes rules; returns 1 where the group has one of them by now.
authorize() {
  status=0
  answer=$(change target "$@" 2>&1 >/dev/null) || status=$?
  if [ "$status" -ne 0 ]; then
    case $answer in *InvalidPermission.Duplicate*) return 1 ;; esac
  fi
  if [ -n "$answer" ]; then printf '%s\n' "$answer" >&2; fi
  if [ "$status" -ne 0 ]; then exit "$status"; fi
}
`,
  check_group: `
# Security groups that existed before this run.
found_groups=

# check_group GROUP DESCRIPTION-QUERY RULE...: stops where a group that existed is not one that this plan makes.
check_group() {
  case " $found_groups " in *" $1 "*) ;; *) return 0 ;; esac
  checked=$1
  found=$(look target ec2 describe-security-groups --group-ids "$1" --query "$2")
  shift 2
  other=
  if [ -n "$found" ]; then
    # What EC2 gives to a new group, and what CloudFormation gives to one that is to have no egress.
    planned='egress|-1|all|0.0.0.0/0
egress|-1|all|::/0
egress|-1|all|127.0.0.1/32'
    for one_line in "$@"; do planned="$planned$newline$one_line"; done
    other=$(rules_of "$checked" | while IFS= read -r one_line; do
      has "$planned" "$one_line" || printf '%s ' "$one_line"
    done)
  fi
  if [ -z "$found" ] || [ -n "$other" ]; then
    fail "the target has by now another security group by the name of one that this plan makes: $checked (its description or its rules differ: $other). Audit again, and make a new plan"
  fi
}
`,
  check_list: String.raw`
# check_list LIST FAMILY CIDR...: stops where a prefix list is not one that this plan makes.
check_list() {
  checked=$1
  found=$(look target ec2 describe-managed-prefix-lists --prefix-list-ids "$1" --query 'PrefixLists[].[AddressFamily]')
  entries=$(look target ec2 get-managed-prefix-list-entries --prefix-list-id "$1" --query 'Entries[].[Cidr]')
  family=$2
  shift 2
  planned=
  for one_line in "$@"; do planned="$planned$newline$one_line"; done
  other=$(printf '%s\n' "$entries" | while IFS= read -r one_line; do
    has "$planned" "$one_line" || printf '%s ' "$one_line"
  done)
  if [ "$found" != "$family" ] || [ -n "$other" ]; then
    fail "the target has by now another prefix list by the name of one that this plan makes: $checked (its family or its entries differ: $other). Audit again, and make a new plan"
  fi
}
`,
  check_copy: `
# check_copy IMAGE SOURCE: stops where an image of the target is known to be a copy of another one.
check_copy() {
  found=$(look target ec2 describe-images --image-ids "$1" --include-deprecated --query "Images[].[SourceImageId || 'unknown']")
  case $found in
    "$2" | unknown) ;;
    *) fail "the target has by now another image by the name of one that this plan copies: $1. Audit again, and make a new plan" ;;
  esac
}
`,
  wait_for_list: `
# wait_for_list LIST: waits until a prefix list can be changed and named.
wait_for_list() {
  if [ "$dry_run" = yes ]; then return 0; fi
  for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    state=$(look target ec2 describe-managed-prefix-lists --prefix-list-ids "$1" --query 'PrefixLists[0].State')
    case $state in
      *-in-progress) pause 3 ;;
      *-failed) fail "the prefix list $1 is in state $state" ;;
      *) return 0 ;;
    esac
  done
  fail "the prefix list $1 was still in state $state after attempt $attempt"
}
`,
  wait_for_key: `
# wait_for_key KEY: waits until the target can use a KMS key of the source, for ten minutes at most.
wait_for_key() {
  if [ "$dry_run" = yes ]; then return 0; fi
  waited=0
  while ! look target kms describe-key --region "$SOURCE_REGION" --key-id "$1" --query KeyMetadata.KeyId >/dev/null 2>&1; do
    if [ "$waited" -ge 600 ]; then
      fail "the credentials of the target cannot use the KMS key $1. Their IAM policy has to allow kms:DescribeKey, kms:CreateGrant, kms:Decrypt and kms:ReEncrypt* on it"
    fi
    pause 15
    waited=$((waited + 15))
  done
}
`,
  wait_for_image: `
# wait_for_image IMAGE: waits until an image of the target is available, for WAIT_MINUTES at most.
wait_for_image() {
  if [ "$dry_run" = yes ]; then return 0; fi
  waited=0
  while :; do
    # By a filter, because EC2 may answer for some seconds that it does not know the id of a new image.
    state=$(look target ec2 describe-images --owners self --filters "Name=image-id,Values=$1" --query 'Images[].[State]')
    case $state in
      available) return 0 ;;
      '' | pending | transient) ;;
      *) fail "the image $1 is in state $state and will not become available" ;;
    esac
    if [ "$waited" -ge "$((WAIT_MINUTES * 60))" ]; then
      fail "the image $1 is still in state $state after $WAIT_MINUTES minutes. Run the script again to wait on"
    fi
    pause 15
    waited=$((waited + 15))
  done
}
`,
  wait_for_room: `
# wait_for_room: waits until the target takes one more copy of an image: EC2 has a limit on copies in progress.
wait_for_room() {
  if [ "$dry_run" = yes ]; then return 0; fi
  waited=0
  while :; do
    pending=$(look target ec2 describe-images --owners self --filters 'Name=state,Values=pending' --query 'Images[].[ImageId]')
    if [ "$(printf '%s\n' "$pending" | grep -c .)" -lt "$COPIES_IN_PROGRESS" ]; then return 0; fi
    if [ "$waited" -ge "$((WAIT_MINUTES * 60))" ]; then
      fail "$COPIES_IN_PROGRESS copies of images are still in progress after $WAIT_MINUTES minutes. Run the script again to wait on"
    fi
    pause 15
    waited=$((waited + 15))
  done
}
`,
} as const;
export type Helper = keyof typeof HELPERS;
