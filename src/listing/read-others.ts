import { type AwsImage, type Image, imageFrom } from '../inventory/image.ts';
import { type KeyPair, keyPairFrom } from '../inventory/key-pair.ts';
import { type Listed, malformed } from './records.ts';

/** `KEYPAIR name fingerprint`. */
export class KeyPairReader {
  readonly #all = new Map<string, { where: string; keyPair: KeyPair }>();

  keyPair({ columns, where }: Listed): void {
    const [, name = '', fingerprint = ''] = columns;
    if (name === '' || columns.length > 3) throw malformed(where, 'a KEYPAIR has a name and a fingerprint');
    const before = this.#all.get(name);
    if (before)
      throw malformed(
        where,
        `the key pair "${name}" is in ${before.where} already`,
        'Keep one of the two listings.',
      );
    this.#all.set(name, { where, keyPair: keyPairFrom({ KeyName: name, KeyFingerprint: fingerprint }) });
  }

  finish(): KeyPair[] {
    return [...this.#all.values()].map(({ keyPair }) => keyPair);
  }
}

type Device = NonNullable<AwsImage['BlockDeviceMappings']>[number];
interface Reading {
  readonly where: string;
  readonly image: AwsImage & { ImageId: string };
  readonly devices: Device[];
  readonly tags: { Key: string; Value: string }[];
}

/** IMAGE lines with the BLOCKDEVICEMAPPING and TAG lines after them. */
export class ImageReader {
  readonly #byId = new Map<string, Reading>();
  #last: Reading | null = null;

  image({ columns, where }: Listed): void {
    const [, id, location, owner, state, access, codes, architecture, , , , platform, root, virtualization] =
      columns;
    if (!id || !state || columns.length > 15)
      throw malformed(where, 'an IMAGE has an id, a name, an owner, a state and at most 15 columns');
    const before = this.#byId.get(id);
    if (before)
      throw malformed(where, `${id} is in ${before.where} already`, 'Keep one of the two listings.');
    const image = {
      ImageId: id,
      Name: nameIn(location ?? '', root),
      OwnerId: owner || undefined,
      State: state,
      Public: access === 'public',
      ProductCodes: productCodesIn(codes ?? ''),
      Architecture: architecture || undefined,
      Platform: platform || undefined,
      RootDeviceType: root || undefined,
      VirtualizationType: virtualization || undefined,
    };
    this.#last = { where, image, devices: [], tags: [] };
    this.#byId.set(id, this.#last);
  }

  device({ columns, where }: Listed): void {
    const last = this.#last;
    const [, form, device = '', virtual, snapshot, size, deleted, type, iops] = columns;
    if (!last || (form !== 'EBS' && form !== 'EPHEMERAL') || columns.length < 3)
      throw malformed(where, 'a BLOCKDEVICEMAPPING follows an IMAGE and names EBS or EPHEMERAL and a device');
    const number = (text: string | undefined) => {
      if (text && !/^\d{1,15}$/.test(text)) throw malformed(where, `"${text}" is not a number`);
      return text ? Number(text) : undefined;
    };
    const Ebs = {
      SnapshotId: snapshot || undefined,
      VolumeSize: number(size),
      DeleteOnTermination: deleted ? deleted === 'true' : undefined,
      VolumeType: type || undefined,
      Iops: number(iops),
    };
    last.devices.push({
      DeviceName: device,
      VirtualName: virtual || undefined,
      ...(form === 'EBS' ? { Ebs } : {}),
    });
  }

  tag({ columns, where }: Listed): void {
    const [, , id = '', key = '', value = ''] = columns;
    const owner = this.#byId.get(id);
    if (!owner) throw malformed(where, `the TAG is of ${id}, which the listing does not contain`);
    owner.tags.push({ Key: key, Value: value });
  }

  finish(): Image[] {
    return [...this.#byId.values()].map(({ image, devices, tags }) =>
      imageFrom({ ...image, BlockDeviceMappings: devices, Tags: tags }, null),
    );
  }
}

/** Of an image on EBS the location is owner/name; of one in S3 it is the path of a manifest, and the name is nowhere. */
function nameIn(location: string, root: string | undefined): string | undefined {
  if (root !== 'ebs' && (root === 'instance-store' || location.endsWith('.manifest.xml'))) return undefined;
  return location.slice(location.indexOf('/') + 1) || undefined;
}

/** `[devpay: abc],[marketplace: def]`; the oldest tools print the codes alone. */
function productCodesIn(text: string): { ProductCodeId: string }[] {
  return text
    .split(',')
    .map((code) => code.replace(/^\[(?:\w+: ?)?|\]$/g, ''))
    .filter((code) => code !== '')
    .map((ProductCodeId) => ({ ProductCodeId }));
}
