// A seller with tax and bank numbers, none of which may be found anywhere afterwards.
const { Seller } = require("pulumi-aws-marketplace");

const seller = new Seller("northwind", {
  legalName: "Northwind Software, Inc.",
  kind: "business",
  country: "US",
  sells: ["free", "paid"],
  profile: { displayName: "Northwind", description: "Makes tools for logs." },
  email: "marketplace@example.com",
  termsAccepted: true,
  support: { process: "We answer within a day.", contact: "support@example.com" },
  updateProcess: "A version each month.",
  vulnerabilityProcess: "Images are scanned nightly.",
  tax: { form: "W-9", taxpayerNumber: "12-3456789" },
  bank: { country: "US", routingNumber: "021000021", accountNumber: "000123456789" },
});

exports.maySell = seller.maySell;
