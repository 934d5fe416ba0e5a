const { Thing, Group } = require("../thing");

exports.phases = [
  { operation: "preview", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

exports.program = (phase) => {
  const outer = new Group("outer", { size: phase });
  const inner = new Group("inner", {}, { parent: outer });
  const leaf = new Thing("leaf", { value: phase }, { parent: inner });
  const after = new Thing("after", { leaf: leaf.id }, { parent: outer, dependsOn: [inner] });
  if (phase === 2) new Thing("extra", {}, { parent: inner, dependsOn: leaf });
  inner.registerOutputs({ leaf: leaf.id });
  outer.registerOutputs({ after: after.id, plain: "text" });
  return { leaf: leaf.id };
};
