const { Thing, Group } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  {
    operation: "preview",
    phase: 1,
    refresh: true,
    drift: { change: { "leaf-1": { value: "drifted" } }, remove: ["gone-1"] },
  },
  { operation: "up", phase: 2, refresh: true },
  { operation: "refresh", phase: 2 },
  { operation: "destroy", phase: 2, refresh: true },
];

exports.program = (phase) => {
  const outer = new Group("outer");
  const inner = new Group("inner", {}, { parent: outer });
  const leaf = new Thing("leaf", { value: "declared" }, { parent: inner });
  const gone = new Thing("gone", { from: leaf.id }, { parent: outer, dependsOn: [inner] });
  new Thing("last", { from: gone.id, value: phase });
  outer.registerOutputs({ leaf: leaf.id });
  return { leaf: leaf.id };
};
