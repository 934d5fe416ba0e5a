import {
  DescribeAvailabilityZonesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  DescribeRegionsCommand,
  paginateDescribeInstanceTypes,
} from "@aws-sdk/client-ec2";
import { expect, test } from "vitest";
import { ec2Market } from "./clients";

test("regions that need no opting in are listed, and all of them on request", async () => {
  const { seller } = await ec2Market();
  const usual = await seller.send(new DescribeRegionsCommand({}));
  const names = usual.Regions?.map((region) => region.RegionName);
  expect(names).toEqual(expect.arrayContaining(["us-east-1", "eu-west-1", "ap-northeast-1", "sa-east-1"]));
  expect(names).not.toContain("af-south-1");

  const all = await seller.send(new DescribeRegionsCommand({ AllRegions: true }));
  expect(all.Regions).toContainEqual({
    RegionName: "af-south-1",
    Endpoint: "ec2.af-south-1.amazonaws.com",
    OptInStatus: "not-opted-in",
  });
  const european = await seller.send(
    new DescribeRegionsCommand({ Filters: [{ Name: "region-name", Values: ["eu-west-?", "eu-north*"] }] }),
  );
  expect(european.Regions?.map((region) => region.RegionName)).toEqual([
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
  ]);
});

test("a region that does not exist and a filter that does not exist are refused by name", async () => {
  const { seller } = await ec2Market();
  await expect(seller.send(new DescribeRegionsCommand({ RegionNames: ["us-easy-1"] }))).rejects.toMatchObject({
    name: "InvalidParameterValue",
    message: expect.stringContaining("us-easy-1") as string,
  });
  await expect(
    seller.send(new DescribeRegionsCommand({ Filters: [{ Name: "colour", Values: ["red"] }] })),
  ).rejects.toMatchObject({ name: "InvalidParameterValue", message: "The filter 'colour' is invalid" });
});

test("zones are those of the client's region", async () => {
  const { client } = await ec2Market();
  const { AvailabilityZones } = await client("seller", "us-west-1").send(new DescribeAvailabilityZonesCommand({}));
  expect(AvailabilityZones?.map((zone) => [zone.ZoneName, zone.ZoneId])).toEqual([
    ["us-west-1a", "usw1-az3"],
    ["us-west-1b", "usw1-az1"],
  ]);
});

test.each([
  ["t3.micro", { vCpus: 2, memory: 1024, architectures: ["x86_64"], ena: "required", burstable: true }],
  ["m5.large", { vCpus: 2, memory: 8192, architectures: ["x86_64"], ena: "required", burstable: false }],
  ["m7g.xlarge", { vCpus: 4, memory: 16384, architectures: ["arm64"], ena: "required", burstable: false }],
  ["m4.large", { vCpus: 2, memory: 8192, architectures: ["x86_64"], ena: "unsupported", burstable: false }],
])("an instance type is described as it is: %s", async (name, facts) => {
  const { seller } = await ec2Market();
  const { InstanceTypes } = await seller.send(
    new DescribeInstanceTypesCommand({ InstanceTypes: [name as "t3.micro"] }),
  );
  const [type] = InstanceTypes ?? [];
  expect({
    vCpus: type?.VCpuInfo?.DefaultVCpus,
    memory: type?.MemoryInfo?.SizeInMiB,
    architectures: type?.ProcessorInfo?.SupportedArchitectures,
    ena: type?.NetworkInfo?.EnaSupport,
    burstable: type?.BurstablePerformanceSupported,
  }).toEqual(facts);
});

test("pages of instance types together hold each type once", async () => {
  const { seller } = await ec2Market();
  const names: string[] = [];
  for await (const page of paginateDescribeInstanceTypes(
    { client: seller, pageSize: 60 },
    { Filters: [{ Name: "processor-info.supported-architecture", Values: ["arm64"] }] },
  )) {
    expect(page.InstanceTypes?.length).toBeLessThanOrEqual(60);
    names.push(...(page.InstanceTypes ?? []).map((type) => type.InstanceType ?? ""));
  }
  expect(names.length).toBeGreaterThan(200);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(names.toSorted());
});

test("offerings tell where a type can be launched", async () => {
  const { client, seller } = await ec2Market();
  const inRegion = async (region: string) =>
    client("seller", region).send(
      new DescribeInstanceTypeOfferingsCommand({
        Filters: [{ Name: "instance-type", Values: ["m8g.large", "t3.micro"] }],
      }),
    );
  const { InstanceTypeOfferings: virginia } = await inRegion("us-east-1");
  expect(virginia?.map((offering) => offering.InstanceType)).toEqual(["m8g.large", "t3.micro"]);
  const { InstanceTypeOfferings: zones } = await seller.send(
    new DescribeInstanceTypeOfferingsCommand({
      LocationType: "availability-zone",
      Filters: [{ Name: "instance-type", Values: ["m5.large"] }],
    }),
  );
  expect(zones?.map((offering) => offering.Location)).toEqual(
    expect.arrayContaining(["us-east-1a", "us-east-1b"]) as string[],
  );
});

test("a type that is not offered, a page size out of bounds and a foreign token are refused", async () => {
  const { seller } = await ec2Market();
  const ask = (input: object) => seller.send(new DescribeInstanceTypesCommand(input));
  await expect(ask({ InstanceTypes: ["m5.gigantic"] })).rejects.toMatchObject({ name: "InvalidInstanceType" });
  await expect(ask({ MaxResults: 3 })).rejects.toMatchObject({ name: "InvalidParameterValue" });
  await expect(ask({ NextToken: "bogus" })).rejects.toMatchObject({ name: "InvalidParameterValue" });
});
