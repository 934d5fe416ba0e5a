const { pulumi, Thing, Group } = require("../thing");

exports.phases = [
  { operation: "up", phase: 1 },
  { operation: "preview", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

// Renamed, moved below a component, of another type; and a component renamed with its children.
exports.program = (phase) => {
  if (phase === 1) {
    const old = new Thing("old", { name: "n", value: 1 });
    new Thing("moved", { value: old.id });
    new Thing("typed", { value: 1 }, {}, "Former");
    const group = new Group("group");
    new Thing("group-child", { name: "child" }, { parent: group });
    return;
  }
  const home = new Group("home");
  const renamed = new Thing("new", { name: "n", value: 1 }, { aliases: [{ name: "old" }] });
  new Thing("moved", { value: renamed.id }, { parent: home, aliases: [{ parent: pulumi.rootStackResource }] });
  new Thing("typed", { value: 1 }, { aliases: [{ type: "pulumi-nodejs:dynamic/toy:Former" }] });
  const group = new Group("crowd", {}, { aliases: [{ name: "group" }] });
  new Thing("crowd-child", { name: "child" }, { parent: group });
};
