const { pulumi, Thing } = require("../thing");

exports.phases = [
  { operation: "preview", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 1 },
  { operation: "up", phase: 2 },
  { operation: "destroy", phase: 2 },
];

exports.program = (phase) => {
  const { FileAsset, StringAsset } = pulumi.asset;
  new Thing("file", { source: new FileAsset("assets/one.txt") });
  new Thing("text", { source: new StringAsset(`text ${phase}`) });
  new Thing("empty", { source: new StringAsset("") });
  new Thing("inside", { list: [new FileAsset("assets/one.txt")], hidden: pulumi.secret(new StringAsset("hush")) });
};
