// Declares what the test says, once more with every run: [["Subscription", "agent", { productId: "prod-…" }], …].
const marketplace = require("pulumi-aws-marketplace");

for (const [type, name, args] of JSON.parse(process.env.DECLARED)) new marketplace[type](name, args);
