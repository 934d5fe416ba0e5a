const { pulumi, Thing } = require("../thing");

// Pulumi.configured.yaml was written by the CLI: plain, secret and object values, and a secret within an object.
exports.stack = "configured";

exports.phases = [
  { operation: "preview", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

exports.program = (phase) => {
  const config = new pulumi.Config();
  const elsewhere = new pulumi.Config("elsewhere");
  new Thing("a", {
    plain: config.require("plain"),
    token: config.requireSecret("token"),
    shape: config.requireObject("shape"),
    hidden: config.requireSecretObject("hidden"),
    number: config.requireNumber("number"),
    on: config.requireBoolean("on"),
    other: elsewhere.get("key"),
    missing: config.get("missing"),
  });
  return phase === 1 ? {} : { token: config.getSecret("token"), shape: config.getObject("shape") };
};
