import type { Change } from "@aws-sdk/client-marketplace-catalog";

export const AMI = "AmiProduct@1.0";
export const OFFER = "Offer@1.0";

/** A change to a product or offer, as a client sends it. */
export function change(
  ChangeType: string,
  Type: string,
  Identifier: string | undefined,
  DetailsDocument: Change["DetailsDocument"],
  ChangeName?: string,
): Change {
  return { ChangeType, Entity: { Type, Identifier }, DetailsDocument, ChangeName };
}

export function createProduct(ProductTitle: string, ChangeName?: string): Change {
  return change("CreateProduct", AMI, undefined, { ProductTitle }, ChangeName);
}

export function retitle(productId: string, ProductTitle: string): Change {
  return change("UpdateInformation", AMI, productId, { ...INFORMATION, ProductTitle });
}

/** Everything a listing must say of itself but its title. */
export const INFORMATION = {
  ShortDescription: "Collects logs.",
  LongDescription: "Collects logs from many machines and keeps them in one place.",
  LogoUrl: "https://example-bucket.s3.amazonaws.com/logo.png",
  Highlights: ["Quick to set up"],
  AdditionalResources: [{ Text: "Guide", Url: "https://example.com/guide" }],
  SupportDescription: "Write to support@example.com.",
  Categories: ["Log Analysis"],
  SearchKeywords: ["logs"],
};

/** The 14 changes that put a new hourly AMI listing on the market for its allowlist, in the published order. */
export function newListing(title: string, image: { readonly AmiId: string; readonly AccessRoleArn: string }): Change[] {
  const product = "$Product.Entity.Identifier";
  const offer = "$PublicOffer.Entity.Identifier";
  return [
    createProduct(title, "Product"),
    change("UpdateInformation", AMI, product, INFORMATION),
    change("AddRegions", AMI, product, { Regions: ["us-east-1", "eu-west-1"] }),
    change("AddInstanceTypes", AMI, product, { InstanceTypes: ["m5.large", "m5.xlarge"] }),
    change("AddDeliveryOptions", AMI, product, newVersion("1.0.0", image)),
    change("AddDimensions", AMI, product, ["m5.large", "m5.xlarge"].map(hourly)),
    change("UpdateTargeting", AMI, product, { PositiveTargeting: { BuyerAccounts: ["444455556666"] } }),
    change("ReleaseProduct", AMI, product, {}),
    change("CreateOffer", OFFER, undefined, { ProductId: product, Name: "Standard" }, "PublicOffer"),
    change("UpdateInformation", OFFER, offer, { Name: "Standard", Description: "By the hour" }),
    change("UpdatePricingTerms", OFFER, offer, hourlyPrices({ "m5.large": "0.10", "m5.xlarge": "0.20" })),
    change("UpdateLegalTerms", OFFER, offer, {
      Terms: [{ Type: "LegalTerm", Documents: [{ Type: "StandardEula", Version: "2022-07-14" }] }],
    }),
    change("UpdateSupportTerms", OFFER, offer, { Terms: [{ Type: "SupportTerm", RefundPolicy: "No refunds." }] }),
    change("ReleaseOffer", OFFER, offer, {}),
  ];
}

export function newVersion(title: string, image: { readonly AmiId: string; readonly AccessRoleArn: string }) {
  return {
    Version: { VersionTitle: title, ReleaseNotes: "First release." },
    DeliveryOptions: [
      {
        Details: {
          AmiDeliveryOptionDetails: {
            AmiSource: {
              ...image,
              UserName: "ec2-user",
              OperatingSystemName: "AMAZONLINUX",
              OperatingSystemVersion: "Amazon Linux 2023",
            },
            UsageInstructions: "Launch it and open its page.",
            RecommendedInstanceType: "m5.large",
            SecurityGroups: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, IpRanges: ["0.0.0.0/0"] }],
          },
        },
      },
    ],
  };
}

export function hourlyPrices(prices: Readonly<Record<string, string>>) {
  const RateCard = Object.entries(prices).map(([DimensionKey, Price]) => ({ DimensionKey, Price }));
  return {
    PricingModel: "Usage",
    Terms: [{ Type: "UsageBasedPricingTerm", CurrencyCode: "USD", RateCards: [{ RateCard }] }],
  };
}

function hourly(type: string) {
  return { Key: type, Name: type, Description: type, Unit: "Hrs", Types: ["Metered"] };
}
