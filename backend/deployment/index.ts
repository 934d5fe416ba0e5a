import { rateLimited } from "../catalog/rates";
import type { AwsError, Service } from "../service";
import type { Violation } from "../wire/constraints";
import { watchExpirations } from "./expiration";
import { putDeploymentParameter } from "./put-deployment-parameter";
import { invalid } from "./refusals";
import { listTagsForResource, tagResource, untagResource } from "./tags";

/** Requests a second for each account: Service quotas for the AWS Marketplace Deployment API. */
const RATES = { PutDeploymentParameter: 1, ListTagsForResource: 20, TagResource: 20, UntagResource: 20 };

/** AWS Marketplace Deployment Service, version 2023-01-25. */
export const service: Service = {
  handlers: rateLimited(
    {
      ListTagsForResource: listTagsForResource,
      PutDeploymentParameter: putDeploymentParameter,
      TagResource: tagResource,
      UntagResource: untagResource,
    },
    RATES,
  ),
  malformed: ([violation]: readonly Violation[], { message }: AwsError) =>
    invalid((violation?.path ?? []).join("."), message),
  start: watchExpirations,
};
