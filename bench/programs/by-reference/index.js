const pulumi = require("@pulumi/pulumi");
const cloud = require.resolve("../cloud");

class Thing extends pulumi.CustomResource {
  constructor(name, args) {
    super("pulumi-nodejs:dynamic/bench:Thing", name, {
      ...args,
      __provider: `exports.handler=()=>require(${JSON.stringify(cloud)})`,
    });
  }
}
for (let i = 0; i < Number(process.env.COUNT); i++) new Thing(`thing-${i}`, { value: process.env.VALUE ?? "one" });
