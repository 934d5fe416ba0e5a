const { Thing } = require("../thing");

// Between phases the harness runs `drift`: the cloud changes behind Pulumi's back.
exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "refresh", phase: 1, drift: { change: { "a-1": { value: "drifted" } }, remove: ["b-1"] } },
  { operation: "preview", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 1, refresh: true, drift: { change: { "a-1": { value: "again" } }, remove: [] } },
  { operation: "destroy", phase: 1 },
];

exports.program = () => {
  const a = new Thing("a", { value: "declared" });
  const b = new Thing("b", { value: "declared", from: a.id });
  new Thing("c", { from: b.id });
  return { a: a.id };
};
