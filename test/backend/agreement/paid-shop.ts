import { type _InstanceType, EC2Client, StartInstancesCommand, StopInstancesCommand } from "@aws-sdk/client-ec2";
import { ListAgreementChargesCommand } from "@aws-sdk/client-marketplace-agreement";
import { onTestFinished } from "vitest";
import type { RunningMarketplace } from "../../../backend";
import { connection } from "../catalog/catalog-market";
import { launch } from "../ec2/instances/launch";
import { openShop } from "./buyer";

/** A public listing with its alias and product code, and the buyer's EC2. */
export async function paidShop(...asked: Parameters<typeof openShop>) {
  const opened = await openShop(...asked);
  const { DetailsDocument } = await opened.entity(opened.productId);
  const { Description, Versions } = DetailsDocument as {
    Description: { ProductCode: string };
    Versions: { DeliveryOptions: { AmiAlias: string }[] }[];
  };
  const alias = Versions[0]?.DeliveryOptions[0]?.AmiAlias ?? "";
  const paid = { ImageId: `resolve:ssm:${alias}`, InstanceType: "m5.large" } as const;
  return {
    ...opened,
    productCode: Description.ProductCode,
    alias,
    paid,
    ec2: (region?: string) => ec2Of(opened.market, "buyer", region),
    ...buyerRuns(opened, paid),
  };
}

function buyerRuns({ market, agreements }: Awaited<ReturnType<typeof openShop>>, paid: { readonly ImageId: string }) {
  const ec2 = ec2Of(market, "buyer");
  return {
    /** Launches an instance of the product, and returns its id. */
    launchPaid: async (InstanceType: _InstanceType = "m5.large") =>
      (await launch(ec2, { ...paid, InstanceType })).InstanceId ?? "",
    stopPaid: (id: string) => ec2.send(new StopInstancesCommand({ InstanceIds: [id] })),
    startPaid: (id: string) => ec2.send(new StartInstancesCommand({ InstanceIds: [id] })),
    /** The amounts charged under an agreement, or all of the buyer's. */
    charged: async (agreementId?: string) => {
      const { items = [] } = await agreements.send(new ListAgreementChargesCommand({ agreementId }));
      return items.map(({ amount }) => amount);
    },
  };
}

function ec2Of(market: RunningMarketplace, account: string, region = "us-east-1"): EC2Client {
  const client = new EC2Client({ ...connection(market, account), region });
  onTestFinished(() => client.destroy());
  return client;
}
