"""The server of moto, with what plans need of EC2 and of KMS and moto does not have.

ec2_server.py -H HOST -p PORT

- CreateLaunchTemplateVersion: the new version has the data of SourceVersion, but for the members that the request names.
- RegisterImage: the architecture, the tags and the snapshots of the request. DescribeImages says whether a snapshot is encrypted.
- ModifyManagedPrefixList: keeps the name, and sets MaxEntries.
- ModifySnapshotAttribute: the form of the request with CreateVolumePermission.
- CopyImage: records the image that was copied and its region, and copies tags where the request says so. An image of another
  account is copied only where it and all its snapshots are shared, and where grants let the account use the keys of the
  snapshots.
- KMS: an account uses a key of another account by its ARN, as far as the grants of the key allow. A new grant has no effect on
  the first request that needs it: grants of AWS take some minutes.
"""

import json
import sys

import moto.server
from moto.core.exceptions import JsonRESTError
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import ec2_backends
from moto.ec2.models.amis import Ami
from moto.ec2.models.elastic_block_store import EBSBackend
from moto.ec2.responses import EC2Response
from moto.ec2.responses.amis import AmisResponse
from moto.ec2.responses.launch_templates import LaunchTemplates
from moto.kms.models import kms_backends
from moto.kms.responses import KmsResponse

USES_OF_A_COPY = ("DescribeKey", "Decrypt", "CreateGrant", "ReEncryptFrom")


def template_versions():
    plain = LaunchTemplates.create_launch_template_version

    def create_launch_template_version(self):
        number = self._get_param("SourceVersion")
        made = plain(self)
        if number:
            answer = made.result["LaunchTemplateVersion"]
            template = self.ec2_backend.get_launch_template(answer["LaunchTemplateId"])
            version = template.versions[-1]
            version.data = {**template.get_version(number).data, **version.data}
            answer["LaunchTemplateData"] = version.data
        return made

    EC2Response.create_launch_template_version = create_launch_template_version


def snapshots_with_keys():
    plain = EBSBackend.create_snapshot

    def create_snapshot(self, volume_id, *rest, **named):
        snapshot = plain(self, volume_id, *rest, **named)
        snapshot.kms_key_id = self.get_volume(volume_id).kms_key_id
        return snapshot

    EBSBackend.create_snapshot = create_snapshot

    def block_device_mappings(self):
        ebs = {
            "SnapshotId": self.ebs_snapshot.id,
            "VolumeSize": self.ebs_snapshot.volume_size,
            "DeleteOnTermination": False,
            "VolumeType": "standard",
            "Encrypted": self.ebs_snapshot.encrypted,
        }
        return [{"DeviceName": self.root_device_name, "Ebs": ebs}]

    Ami.block_device_mappings = property(block_device_mappings)


def snapshot_permissions():
    plain = EC2Response.modify_snapshot_attribute

    def modify_snapshot_attribute(self):
        change = self._get_param("CreateVolumePermission", {}) or {}
        for rows, apply in (
            (change.get("Add", []), self.ec2_backend.add_create_volume_permission),
            (change.get("Remove", []), self.ec2_backend.remove_create_volume_permission),
        ):
            if rows:
                users = [row["UserId"] for row in rows if "UserId" in row]
                apply(self._get_param("SnapshotId"), user_ids=users, groups=[row["Group"] for row in rows if "Group" in row])
        return plain(self)

    EC2Response.modify_snapshot_attribute = modify_snapshot_attribute


def prefix_lists():
    plain = EC2Response.modify_managed_prefix_list

    def modify_managed_prefix_list(self):
        made = self.ec2_backend.managed_prefix_lists.get(self._get_param("PrefixListId"))
        name, size = made and made.prefix_list_name, self._get_int_param("MaxEntries")
        answer = plain(self)
        if made:
            made.prefix_list_name = self._get_param("PrefixListName") or name
            if size is not None:
                made.max_entries = size
        return answer

    EC2Response.modify_managed_prefix_list = modify_managed_prefix_list


def images():
    register, copy = AmisResponse.register_image, AmisResponse.copy_image

    def add_tags(self, image):
        for specification in self._get_param("TagSpecifications", []) or []:
            if specification.get("ResourceType") == "image":
                for tag in specification.get("Tags", []):
                    image.add_tag(tag["Key"], tag["Value"])

    def register_image(self):
        made = register(self)
        image = made.result if isinstance(made.result, Ami) else self.ec2_backend.amis[made.result["ImageId"]]
        image.architecture = self._get_param("Architecture") or image.architecture
        for device in self._get_param("BlockDeviceMappings", []) or []:
            snapshot = device.get("Ebs", {}).get("SnapshotId")
            if snapshot in self.ec2_backend.snapshots:
                image.ebs_snapshot = self.ec2_backend.snapshots[snapshot]
        add_tags(self, image)
        return made

    def copy_image(self):
        source_id, region = self._get_param("SourceImageId"), self._get_param("SourceRegion")
        owner, source = find_image(source_id, region)
        if source is None:
            return copy(self)
        account = self.current_account
        if owner != account:
            check_shared(source, account)
        backend = ec2_backends[account][region]
        borrowed = source_id not in backend.amis
        if borrowed:
            backend.amis[source_id] = source
        try:
            made = copy(self)
        finally:
            if borrowed:
                del backend.amis[source_id]
        image = self.ec2_backend.amis[made.result["ImageId"]]
        image.source_image_id, image.source_image_region = source_id, region
        snapshot = image.ebs_snapshot
        snapshot.encrypted = source.ebs_snapshot.encrypted or self._get_bool_param("Encrypted", False)
        key = self._get_param("KmsKeyId")
        if snapshot.encrypted:
            snapshot.kms_key_id = key or f"arn:aws:kms:{self.region}:{account}:key/default"
        if self._get_bool_param("CopyImageTags", False) and owner == account:
            for tag in source.get_tags():
                if not tag["key"].startswith("aws:"):
                    image.add_tag(tag["key"], tag["value"])
        add_tags(self, image)
        return made

    EC2Response.register_image, EC2Response.copy_image = register_image, copy_image


def find_image(image_id, region):
    for account, regions in list(ec2_backends.items()):
        if region in regions and image_id in regions[region].amis:
            image = regions[region].amis[image_id]
            if image.owner_id == account:
                return account, image
    return None, None


def check_shared(image, account):
    """As CopyImage does for the image of another account (EC2 User Guide, "Copy an AMI", cross-account)."""
    if {"UserId": account} not in image.launch_permissions:
        raise EC2ClientError("InvalidAMIID.NotFound", f"The image id '[{image.id}]' does not exist")
    snapshot = image.ebs_snapshot
    if account not in snapshot.create_volume_permission_userids:
        raise EC2ClientError(
            "InvalidRequest",
            f"You do not have permission to access the storage of this ami: {snapshot.id}",
        )
    if snapshot.encrypted:
        for use in USES_OF_A_COPY:
            if not may_use(snapshot.kms_key_id or "", account, use):
                raise EC2ClientError("InvalidRequest", f"The account has no permission for {use} of {snapshot.kms_key_id}")


def key_of(arn):
    """The account of a key, and the key; None where there is none."""
    parts = arn.split(":")
    if len(parts) < 6:
        return None, None
    backend = kms_backends[parts[4]][parts[3]]
    return parts[4], backend.keys.get(backend.get_key_id(arn))


def may_use(arn, account, use):
    owner, key = key_of(arn)
    if key is None or owner == account:
        return key is not None
    principal = f"arn:aws:iam::{account}:root"
    for grant in key.grants.values():
        if grant.grantee_principal == principal and use in grant.operations:
            if getattr(grant, "has_effect", False):
                return True
            grant.has_effect = True
    return False


def keys_of_other_accounts():
    plain = KmsResponse.describe_key

    def describe_key(self):
        arn = self._get_param("KeyId")
        owner, key = key_of(arn)
        if owner in (None, self.current_account):
            return plain(self)
        if key is None or not may_use(arn, self.current_account, "DescribeKey"):
            raise JsonRESTError(
                "AccessDeniedException",
                f"The ciphertext refers to a customer master key that does not exist, or {self.current_account} may not use it",
            )
        return json.dumps(key.to_dict())

    KmsResponse.describe_key = describe_key


for narrow in (template_versions, snapshots_with_keys, snapshot_permissions, prefix_lists, images, keys_of_other_accounts):
    narrow()
moto.server.main(sys.argv[1:])
