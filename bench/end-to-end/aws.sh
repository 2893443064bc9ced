# The same by the AWS CLI, `jq -S` and `diff`: PORT FOLDER. The regions are read side by side.
read_region() {
  ask="aws --region $1 --endpoint-url http://127.0.0.1:$2 --output json ec2"
  $ask describe-security-groups --page-size 1000 | jq -S '.SecurityGroups | sort_by(.GroupName)' >"$3/$1.groups.json" &&
    $ask describe-images --owners self --page-size 1000 | jq -S '.Images | sort_by(.Name)' >"$3/$1.images.json" &&
    $ask describe-key-pairs --include-public-key | jq -S '.KeyPairs | sort_by(.KeyName)' >"$3/$1.keys.json"
}
read_region us-east-1 "$1" "$2" &
first=$!
read_region eu-west-1 "$1" "$2" && wait $first || exit 2
for kind in groups images keys; do
  diff "$2/us-east-1.$kind.json" "$2/eu-west-1.$kind.json" >"$2/$kind.diff"
  [ $? -le 1 ] || exit 2
done
