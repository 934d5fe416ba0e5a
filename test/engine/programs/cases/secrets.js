const { pulumi, Thing } = require("../thing");

exports.phases = [
  { operation: "preview", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "refresh", phase: 2 },
  { operation: "destroy", phase: 2 },
];

exports.program = (phase) => {
  const config = new pulumi.Config("two-engines");
  const password = pulumi.secret(`hunter${phase}`);
  const a = new Thing("a", { password, deep: { list: [password, "open"] }, open: config.get("open") ?? "none" });
  const b = new Thing("b", { token: "t0ken" }, { additionalSecretOutputs: ["token"] });
  new Thing("c", { copied: a.id });
  return { password, token: b.token, fine: "visible", mixed: { secret: password, plain: 1 } };
};
