const { pulumi, Thing } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

exports.program = (phase) => {
  new Thing("a", { value: phase });
  if (phase === 1) return {};
  const read = new Thing("read", { name: "a" }, { id: "a-1" });
  new Thing("user", { from: read.id });
  return { read: read.id, stack: pulumi.getStack() };
};
