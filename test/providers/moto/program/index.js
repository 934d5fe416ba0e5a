// All that needs IAM and EC2 alone: any service that speaks their protocols will do.
const marketplace = require("pulumi-aws-marketplace");

const alice = new marketplace.AccessUser("alice", { accessKey: true });
const bob = new marketplace.AccessUser("bob", {});
new marketplace.AccessGroups("market", { view: [alice], fullControl: [bob] });
new marketplace.PortalTeam("sellers", { people: [{ person: alice, pages: ["reports"] }] });
const role = new marketplace.IngestionRole("ingestion", { name: "MarketplaceIngestion" });

const { IMAGE: image, TYPE: instanceType, STATE: desiredState } = process.env;
const collector = new marketplace.MarketplaceInstance("collector", {
  image,
  instanceType,
  desiredState,
  tags: { Name: "collector" },
});

exports.role = role.arn;
exports.instanceId = collector.instanceId;
exports.state = collector.state;
