// A seller whose tax and bank numbers are in the configuration alone. MISTAKE makes a number or the name a wrong one.
const pulumi = require("@pulumi/pulumi");
const { Seller } = require("pulumi-aws-marketplace");

const config = new pulumi.Config();
const secret = (name) =>
  config.requireSecret(name).apply((number) => (process.env.MISTAKE === name ? `${number}0` : number));

const seller = new Seller("northwind", {
  legalName: process.env.MISTAKE === "legalName" ? "Southwind Ltd." : "Northwind Software, Inc.",
  kind: "business",
  country: "US",
  sells: ["free", "paid"],
  profile: { displayName: "Northwind", description: "Makes tools for logs." },
  email: "marketplace@example.com",
  termsAccepted: true,
  support: { process: "We answer within a day.", contact: "support@example.com" },
  updateProcess: "A version each month.",
  vulnerabilityProcess: "Images are scanned nightly.",
  tax: { form: "W-9", taxpayerNumber: secret("taxpayerNumber") },
  bank: { country: "US", routingNumber: secret("routingNumber"), accountNumber: secret("accountNumber") },
});

exports.maySell = seller.maySell;
exports.seller = seller.urn;
exports.account = config.requireSecret("accountNumber");
