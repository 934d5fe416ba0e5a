import type * as sdk from "@aws-sdk/client-ec2";
import { enduring, persist } from "../persistence";
import type { Place } from "../reconciler";

/** Sends a request to EC2, and again when the service or the network stumbles. */
export type Ec2Calls = <T>(send: (client: sdk.EC2Client, commands: typeof sdk) => Promise<T>) => Promise<T>;

export function ec2Of({ account: { clients }, host }: Place): Ec2Calls {
  return async (send) => {
    const commands = await import("@aws-sdk/client-ec2");
    const once = async () => send(await clients.ec2(), commands);
    return persist(host, enduring, once, (trouble) => {
      if (trouble === "expired" || trouble === "unknown-key") clients.renew();
    });
  };
}
