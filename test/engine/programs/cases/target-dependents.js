const { Thing, Group } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2, target: ["base"] },
  { operation: "destroy", phase: 2, target: ["base"] },
  { operation: "up", phase: 3, target: ["base"] },
  { operation: "up", phase: 4, target: ["base"] },
  { operation: "up", phase: 4 },
  { operation: "destroy", phase: 4, target: ["base", "user", "apart"] },
  { operation: "destroy", phase: 4 },
];

// 2: the target changes. 3: it is replaced, and `user` hangs on it. 4: it leans on something new that is no target.
exports.program = (phase) => {
  const fresh = phase === 4 ? new Thing("fresh", { value: 1 }) : undefined;
  const base = new Thing("base", { value: phase, size: phase < 3 ? 1 : 2, fresh: fresh?.id });
  new Thing("user", { from: base.id, value: phase });
  new Thing("apart", { value: phase });
  const group = new Group("group");
  new Thing("child", { value: phase }, { parent: group });
};
