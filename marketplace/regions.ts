/** AWS regions that are open to every account or can be opted into (EC2 user guide, Regions and Zones). */
export const commercialRegions: readonly string[] = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];

/** The regions of AWS GovCloud (US), where AMI products may be offered as well. */
export const governmentRegions: readonly string[] = ["us-gov-east-1", "us-gov-west-1"];

const known = new Set([...commercialRegions, ...governmentRegions]);

/** Whether an AMI product may be offered there. */
export function isRegion(code: string): boolean {
  return known.has(code);
}

/** Known region codes that a mistyped one may have meant: `regionsLike("us-eest-1")` is `["us-east-1"]`. */
export function regionsLike(code: string): string[] {
  const bare = code.toLowerCase().replace(/[^a-z0-9]/g, "");
  return [...known].filter((region) => differByOne(region.replaceAll("-", ""), bare)).slice(0, 2);
}

function differByOne(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const restA = a.slice(start);
  const restB = b.slice(start);
  return restA.slice(1) === restB.slice(1) || restA === restB.slice(1) || restA.slice(1) === restB;
}
