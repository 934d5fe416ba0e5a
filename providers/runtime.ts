import type { Session } from "./lifecycle";
import type { Provider, StackConfig } from "./provider";
import type { Reconciler } from "./reconciler";
import type { ResourceType } from "./resource";

/** Where each resource is reconciled; loaded at the first call, so that a program pays only for what it declares. */
const reconcilers: Readonly<Record<ResourceType, () => Promise<Reconciler>>> = {
  AccessGroup: async () => (await import("./access-group/reconciler.js")).accessGroup,
  AccessUser: async () => (await import("./access-user/reconciler.js")).accessUser,
  AmiProduct: async () => (await import("./ami-product/reconciler.js")).amiProduct,
  AmiVersion: async () => (await import("./ami-version/reconciler.js")).amiVersion,
  Audience: async () => (await import("./audience/reconciler.js")).audience,
  BrandingSettings: async () => (await import("./branding-settings/reconciler.js")).brandingSettings,
  Experience: async () => (await import("./experience/reconciler.js")).privateExperience,
  GroupMembership: async () => (await import("./group-membership/reconciler.js")).groupMembership,
  ListingFile: async () => (await import("./listing-file/reconciler.js")).listingFile,
  MarketplaceInstance: async () => (await import("./marketplace-instance/reconciler.js")).marketplaceInstance,
  Offer: async () => (await import("./offer/reconciler.js")).offer,
  IngestionRole: async () => (await import("./ingestion-role/reconciler.js")).ingestionRole,
  Seller: async () => (await import("./seller/reconciler.js")).seller,
  PortalAccess: async () => (await import("./portal-access/reconciler.js")).portalAccess,
  ProcurementPolicy: async () => (await import("./procurement-policy/reconciler.js")).procurementPolicy,
  ProductRequest: async () => (await import("./product-request/reconciler.js")).productRequest,
  Subscription: async () => (await import("./subscription/reconciler.js")).subscription,
};

let session: Promise<Session> | undefined;

/**
 * What the text in a resource's state asks for: the provider of that type, in the process that Pulumi started for it.
 * @throws when this version of the package has no such type.
 */
export function handler(type: string): Provider {
  if (!isResourceType(type)) {
    const known = Object.keys(reconcilers).join(", ");
    throw new Error(
      `This version of pulumi-aws-marketplace has no resource type "${type}" (it has ${known}). Upgrade it.`,
    );
  }
  let stack: StackConfig | undefined;
  let opened: Promise<Provider> | undefined;
  const open = async (): Promise<Provider> => {
    const { providerOf } = await import("./lifecycle.js");
    const provider = providerOf(await reconcilers[type](), () => (session ??= openSession()));
    if (stack !== undefined) await provider.configure({ config: stack });
    return provider;
  };
  const provider = (): Promise<Provider> => (opened ??= open());
  return {
    configure: (request) => {
      stack = request.config;
      return Promise.resolve();
    },
    check: async (olds, news) => (await provider()).check(olds, news),
    diff: async (id, olds, news) => (await provider()).diff(id, olds, news),
    create: async (inputs) => (await provider()).create(inputs),
    read: async (id, props) => (await provider()).read(id, props),
    update: async (id, olds, news) => (await provider()).update(id, olds, news),
    delete: async (id, props) => (await provider()).delete(id, props),
  };
}

async function openSession(): Promise<Session> {
  const { accountsOn } = await import("./accounts.js");
  const { pluginHost } = await import("./host/plugin-host.js");
  const host = pluginHost();
  return { host, accounts: accountsOn(host), claims: { held: new Set(), takenOver: new Set() } };
}

function isResourceType(type: string): type is ResourceType {
  return Object.hasOwn(reconcilers, type);
}
