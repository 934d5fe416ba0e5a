import { AwsError } from "../service";
import type { ApiIdentity } from "./api";

/** Stands for the services that are not here, so that they can say so in a language that most clients understand. */
export const nobody: ApiIdentity & { unknownService(signingName: string | undefined): AwsError } = {
  name: "nobody",
  signingName: "",
  protocols: ["restJson", "awsJson1_0", "awsJson1_1", "rpcV2Cbor", "query"],
  version: "",
  bodyLimit: 1024 * 1024,

  unknownService(signingName) {
    const which = signingName === undefined ? "The service" : `The service '${signingName.slice(0, 64)}'`;
    return new AwsError("UnknownOperationException", `${which} is not part of this marketplace.`, { status: 404 });
  },
};
