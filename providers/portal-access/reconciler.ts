import { checkPortalAccess } from "../../marketplace/access/checks";
import { portalPath } from "../../marketplace/access/one-group";
import { type Grants } from "../../marketplace/access/policy-document";
import { pagesGranted, portalGrants, portalPages } from "../../marketplace/access/portal-pages";
import { grantingGroup } from "../iam/granting-group";
import type { Properties } from "../provider";

/** An IAM group whose members may open pages of the seller portal. */
export const portalAccess = grantingGroup({
  type: "PortalAccess",
  inputNames: ["name", "pages", "connection"],
  path: portalPath,
  check: checkPortalAccess,
  grants: grantsOf,
  decisive: ["pages"],
  recognise: (policies, document) => {
    const pages = pagesGranted(policies, document);
    return { pages: pages.length === portalPages.length ? "all" : pages };
  },
});

function grantsOf({ pages }: Properties): Grants {
  return portalGrants(
    pages === "all" ? pages : portalPages.filter((page) => Array.isArray(pages) && pages.includes(page)),
  );
}
