// Looks before it buys, and looks again at what it bought.
const pulumi = require("@pulumi/pulumi");
const { getAgreements, getEntitlements, getOffer, getProduct, Subscription } = require("pulumi-aws-marketplace");

const { OFFER } = process.env;
const offer = pulumi.output(getOffer(OFFER));
const product = offer.apply(({ productId }) => getProduct(productId));
const agent = new Subscription("agent", { offerId: offer.offerId });

exports.product = product.apply(({ productName }) => productName);
exports.price = offer.apply(({ terms }) => terms.prices["m5.large"]);
exports.entitlements = agent.agreementId.apply((id) => getEntitlements(id));
exports.agreements = agent.offerId.apply(async (id) => (await getAgreements(id)).length);
