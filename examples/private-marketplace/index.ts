import * as pulumi from "@pulumi/pulumi";
import { PrivateMarketplace } from "pulumi-aws-marketplace";

const config = new pulumi.Config();

// Try it: add a product's id to the setting, preview, and see the one product that will be allowed.
const market = new PrivateMarketplace("approved-software", {
  name: "Approved software",
  description: "Software that security and finance have looked at.",
  allow: config.requireObject<string[]>("products"),
  audience: {
    accounts: config.requireObject<string[]>("accounts"),
    organization: config.require("organization"),
  },
  branding: {
    title: "Approved software",
    information: "Everything here may be bought at once. Something missing? Ask for it on its product page.",
    themeColor: "#0A5C7D",
  },
  requests: true,
});

export const experienceId = market.experienceId;
export const status = market.experience.status;
