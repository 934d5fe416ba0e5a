import type { CreateServiceLinkedRoleRequest } from "@aws-sdk/client-iam";

import type { Context } from "../service";
import { invalidInput } from "./errors";

export const serviceLinkedRoleHandlers = {
  /** No service of this marketplace works through a role of its own in an account, so there is none to make. */
  CreateServiceLinkedRole(_ctx: Context, { AWSServiceName }: CreateServiceLinkedRoleRequest): never {
    throw invalidInput(
      `This marketplace makes no service-linked roles, so none for ${AWSServiceName}. Make a role that trusts the ` +
        "service with CreateRole, or make the service-linked role at AWS.",
    );
  },
};
