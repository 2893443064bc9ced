"""The security groups of the server's region by the paginator of boto3: PORT."""

import resource
import sys

import boto3

client = boto3.client("ec2", region_name="us-east-1", endpoint_url=f"http://127.0.0.1:{sys.argv[1]}")
groups = []
for page in client.get_paginator("describe_security_groups").paginate(PaginationConfig={"PageSize": 1000}):
    groups.extend(page["SecurityGroups"])
usage = resource.getrusage(resource.RUSAGE_SELF)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
