const pulumi = require("@pulumi/pulumi");

// The provider by reference: constant text, the code stays in cloud.js.
const PROVIDER = "exports.handler=()=>require(process.env.CLOUD_PROVIDER)";

/** A resource of the toy cloud. Its outputs are its inputs and `serial`. */
class Thing extends pulumi.CustomResource {
  constructor(name, args = {}, opts = {}, type = "Thing") {
    super(
      `pulumi-nodejs:dynamic/toy:${type}`,
      name,
      { name, serial: undefined, ...args, __provider: PROVIDER },
      { ...opts, version: undefined },
    );
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name, args = {}, opts = {}) {
    super("toy:index:Group", name, args, opts);
  }
}

module.exports = { pulumi, Thing, Group };
