import { CreateTagsCommand, CreateVolumeCommand, DescribeVolumesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateRoleCommand, GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

interface Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** Writes to S3, IAM and EC2 until the marketplace dies, and remembers what was answered. */
export class AnsweredWrites {
  #next = 0;
  #bucket: string | undefined;
  readonly #answered: ((settings: Settings) => Promise<string | undefined>)[] = [];

  get answers(): number {
    return this.#answered.length;
  }

  async work(settings: Settings): Promise<void> {
    try {
      for (;;) await this.#writeOne(settings, this.#next++);
    } catch {
      // The marketplace is gone; the write that failed was not answered.
    }
  }

  /** What is missing of all that was ever answered. */
  async complaints(settings: Settings): Promise<string[]> {
    const missing = await Promise.all(this.#answered.map((find) => find(settings).catch(String)));
    return missing.flatMap((complaint) => complaint ?? []);
  }

  async #writeOne(settings: Settings, n: number): Promise<void> {
    const kinds = [this.#object, this.#role, this.#volume];
    const find = await kinds[n % kinds.length]!(settings, n);
    this.#answered.push(find);
  }

  readonly #object = async (settings: Settings, n: number) => {
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    const Body = `${n} `.repeat(2000);
    const Bucket = this.#bucket ?? `bucket-${n}`;
    if (this.#bucket === undefined) await s3.send(new CreateBucketCommand({ Bucket }));
    this.#bucket = Bucket;
    await s3.send(new PutObjectCommand({ Bucket, Key: `${n}`, Body }));
    return async (later: Settings) => {
      const found = await new S3Client({ ...later, forcePathStyle: true }).send(
        new GetObjectCommand({ Bucket, Key: `${n}` }),
      );
      return (await found.Body?.transformToString()) === Body ? undefined : `object ${n} has other bytes`;
    };
  };

  readonly #role = async (settings: Settings, n: number) => {
    const RoleName = `role-${n}`;
    await new IAMClient(settings).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    return async (later: Settings) => {
      await new IAMClient(later).send(new GetRoleCommand({ RoleName }));
      return undefined;
    };
  };

  readonly #volume = async (settings: Settings, n: number) => {
    const ec2 = new EC2Client(settings);
    const { VolumeId = "" } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: "us-east-1a", Size: 1 }));
    await ec2.send(new CreateTagsCommand({ Resources: [VolumeId], Tags: [{ Key: "n", Value: `${n}` }] }));
    return async (later: Settings) => {
      const { Volumes } = await new EC2Client(later).send(new DescribeVolumesCommand({ VolumeIds: [VolumeId] }));
      return Volumes?.[0]?.Tags?.some(({ Value }) => Value === `${n}`) ? undefined : `volume ${n} lost its tag`;
    };
  };
}
