import { productKinds } from "../../sellers/seller";
import type { ChangeType } from "../change-type";
import { anyText, list, matching, object, oneOf, text, whole } from "../document-shapes";
import { type Information, sellerType, withSeller } from "./seller";

const flag = { type: "boolean" };

/** Sets what buyers and AWS read of a seller, and what it wants to sell; the whole of it. */
export const updateInformation: ChangeType<Information> = {
  changeType: "UpdateInformation",
  entityType: sellerType,
  schema: object(
    {
      DisplayName: text(255),
      Description: anyText(5000),
      Website: anyText(2048),
      LogoUrl: anyText(2048),
      Brands: list(text(255), 1, 50),
      Email: anyText(320),
      TermsAccepted: flag,
      Sells: list(oneOf(...productKinds), 1, productKinds.length),
      Support: whole({ Process: anyText(2000), Contact: anyText(2000) }),
      UpdateProcess: anyText(2000),
      VulnerabilityProcess: anyText(2000),
      GovCloud: whole({ AccountId: matching("^\\d{12}$"), ItarConfirmed: flag }),
    },
    ["DisplayName", "Email", "TermsAccepted", "Sells"],
  ),
  apply: (_world, entity, Information) => withSeller(entity, { Information }),
};
