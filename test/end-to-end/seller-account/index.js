// A new seller with its ingestion role and one person in the seller portal. CHARGES adds what a paid listing takes.
const { AccessUser, SellerAccount } = require("pulumi-aws-marketplace");

const charging = {
  tax: { form: "W-9", taxpayerNumber: "47-3829156" },
  bank: { country: "US", routingNumber: "011401533", accountNumber: "000918273645" },
};
const alice = new AccessUser("alice");
const account = new SellerAccount("northwind", {
  legalName: "Northwind Software, Inc.",
  kind: "business",
  country: "US",
  sells: process.env.CHARGES ? ["free", "paid"] : ["free"],
  profile: { displayName: "Northwind", description: "Makes tools for logs." },
  email: "marketplace@example.com",
  termsAccepted: true,
  support: { process: "We answer within a day.", contact: "support@example.com" },
  updateProcess: "A version each month.",
  vulnerabilityProcess: "Images are scanned nightly.",
  team: [{ person: alice, pages: ["reports"] }],
  ...(process.env.CHARGES && charging),
});

exports.sellerId = account.seller.sellerId;
exports.maySell = account.seller.maySell;
exports.accessRoleArn = account.ingestionRole.arn;
