import { type DeliveryOption, type Version, versionsOf } from "../../marketplace/changes/ami-product/product";
import { saasProduct } from "../../marketplace/changes/product/product";
import type { StoredEntity } from "../catalog/entities";
import type { Context } from "../service";
import { visibleProduct } from "./listings";
import { pageOf } from "./pages";
import { openOptions, softwareOption } from "./software-options";

interface ListFulfillmentOptionsInput {
  readonly productId: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** The ways to get a product: its open delivery options, those of the newest version first. */
export function listFulfillmentOptions(ctx: Context, request: ListFulfillmentOptionsInput): object {
  const product = visibleProduct(ctx, request.productId);
  const options = product.type === saasProduct ? softwareOptions(product, ctx.caller.accountId) : imageOptions(product);
  const { items, nextToken } = pageOf(ctx, "ListFulfillmentOptions", options, request, 50);
  return { fulfillmentOptions: items, nextToken };
}

function softwareOptions(product: StoredEntity, account: string) {
  return openOptions(product, account).map((option, key) => ({ id: option.Id, key, item: softwareOption(option) }));
}

function imageOptions(product: StoredEntity) {
  return versionsOf(product).flatMap((version, age) =>
    version.DeliveryOptions.filter(({ Visibility }) => Visibility === "Public").map((option) => ({
      id: option.Id,
      key: -age,
      item: { amazonMachineImageFulfillmentOption: imageOption(version, option) },
    })),
  );
}

const FAMILIES: Readonly<Record<string, string>> = { WINDOWS: "Windows" };

function imageOption(version: Version, option: DeliveryOption): object {
  const source = version.Sources.find(({ Id }) => Id === option.SourceId);
  const name =
    option.Title ?? `64-bit (${source?.Architecture === "arm64" ? "Arm" : "x86"}) Amazon Machine Image (AMI)`;
  const system = source?.OperatingSystem;
  return {
    fulfillmentOptionId: option.Id,
    fulfillmentOptionName: name,
    fulfillmentOptionVersion: version.VersionTitle,
    fulfillmentOptionType: "AMAZON_MACHINE_IMAGE",
    fulfillmentOptionDisplayName: name,
    operatingSystems:
      system === undefined
        ? []
        : [
            {
              operatingSystemFamilyName: FAMILIES[system.Name] ?? "Linux",
              operatingSystemName: system.Name,
              operatingSystemVersion: system.Version,
            },
          ],
    recommendation: { instanceType: option.Recommendations.InstanceType },
    releaseNotes: version.ReleaseNotes,
    // The image itself is found in each region by the alias, an SSM parameter.
    usageInstructions: `${option.Instructions.Usage}\n\nAMI alias: ${option.AmiAlias}`,
  };
}
