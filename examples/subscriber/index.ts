import * as pulumi from "@pulumi/pulumi";
import { MarketplaceInstance, searchListings, Subscription } from "pulumi-aws-marketplace";

const config = new pulumi.Config();

// What there is to choose from; nothing is bought by looking.
const listings = pulumi.output(searchListings({ text: config.require("search") }));
export const found = listings.apply((all) => all.map(({ listingName }) => listingName));

// Buying: the prices and the EULA that this accepts are in the stack's state, to be reviewed with every change.
const agent = new Subscription("agent", { productId: config.require("productId") });

// Try it: marketplace config set desiredState stopped, then preview. A stopped instance costs no software fees.
const collector = new MarketplaceInstance("collector", {
  productId: agent.productId,
  instanceType: config.require("instanceType"),
  desiredState: config.require("desiredState") === "stopped" ? "stopped" : "running",
  tags: { Name: "log-collector" },
});

export const agreementId = agent.agreementId;
export const agreementStatus = agent.status;
export const hourlyPrice = agent.terms.apply(({ prices }) => prices?.[config.require("instanceType")]);
export const instanceId = collector.instanceId;
export const instanceState = collector.state;
