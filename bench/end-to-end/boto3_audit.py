"""Key pairs, groups and images of two regions by boto3, the regions side by side, compared by name: PORT.

Writes how many differ, and its own usage to stderr.
"""

import resource
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3

ENDPOINT = f"http://127.0.0.1:{sys.argv[1]}"
REGIONAL = {"GroupId", "VpcId", "SecurityGroupArn", "ImageId", "SnapshotId", "KeyPairId", "CreateTime", "Snapshot"}


def read(region):
    client = boto3.client("ec2", region_name=region, endpoint_url=ENDPOINT)
    size = {"PageSize": 1000}
    groups = client.get_paginator("describe_security_groups").paginate(PaginationConfig=size)
    images = client.get_paginator("describe_images").paginate(Owners=["self"], PaginationConfig=size)
    return {
        "keys": {key["KeyName"]: key for key in client.describe_key_pairs(IncludePublicKey=True)["KeyPairs"]},
        "groups": {group["GroupName"]: group for page in groups for group in page["SecurityGroups"]},
        "images": {image["Name"]: image for page in images for image in page["Images"]},
    }


def portable(value):
    if isinstance(value, dict):
        return {key: portable(of) for key, of in value.items() if key not in REGIONAL}
    return [portable(one) for one in value] if isinstance(value, list) else value


with ThreadPoolExecutor(2) as pool:
    source, target = pool.map(read, ["us-east-1", "eu-west-1"])
for kind in ("keys", "groups", "images"):
    ours, theirs = source[kind], target[kind]
    both = ours.keys() & theirs.keys()
    different = sum(portable(ours[name]) != portable(theirs[name]) for name in both)
    print(kind, len(ours.keys() - theirs.keys()), len(theirs.keys() - ours.keys()), different)
print(f"PEAK {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}", file=sys.stderr)
