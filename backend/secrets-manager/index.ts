import type { Service } from "../service";
import { describeSecret } from "./describe-secret";
import { getSecretValue } from "./get-secret-value";
import { listSecrets } from "./list-secrets";

/** AWS Secrets Manager, version 2017-10-17, as far as buyers read what the marketplace has put there for them. */
export const service: Service = {
  handlers: {
    DescribeSecret: describeSecret,
    GetSecretValue: getSecretValue,
    ListSecrets: listSecrets,
  },
};
