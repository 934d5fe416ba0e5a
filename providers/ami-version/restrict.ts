import type { Change } from "../../marketplace/changes/change-type";
import { factsOf, isOpenVersion } from "../ami-product/facts";
import { look } from "../ami-product/look";
import { untilFree } from "../change-sets/until-free";
import type { Place } from "../reconciler";

/**
 * What deleting a version means: nobody new can launch it. AWS does that for public listings, and never for the last open
 * version; then it stays as it is, which a message says.
 */
export async function restrict({ account, host }: Place, productId: string, versionId: string): Promise<void> {
  await untilFree(async () => {
    const seen = await look(account, productId, undefined);
    if (seen === undefined) return;
    const { versions, visibility } = factsOf(seen.product);
    const version = versions.find(({ id }) => id === versionId);
    if (version === undefined || !isOpenVersion(version)) return;
    const subject = `version ${version.title} of ${productId}`;
    if (visibility !== "Public") {
      host.say(
        `${subject} stays: AWS restricts versions of public listings only, and this one is ${visibility}`,
        "warning",
      );
    } else if (versions.filter(isOpenVersion).length === 1) {
      host.say(`${subject} stays: a public listing keeps its last version`, "warning");
    } else {
      host.say(`restricting ${subject}; AWS Marketplace never deletes, and who runs it has 90 days of support`);
      const change: Change = {
        changeType: "RestrictDeliveryOptions",
        entity: { type: "AmiProduct@1.0", identifier: productId },
        details: { DeliveryOptionIds: version.deliveryOptionIds },
      };
      const identity = [productId, String(seen.product.revision)];
      await account.changeSets.run({ subject, purpose: "restrict", identity, changes: [change] }, () => "");
    }
  });
}
