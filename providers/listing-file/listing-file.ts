import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../connection";
import { MarketplaceResource } from "../resource";

export interface ListingFileArgs {
  /** An S3 bucket of yours whose objects AWS Marketplace can read. */
  readonly bucket: pulumi.Input<string>;
  /** The file, from the program's folder: `logo.png`. */
  readonly source: pulumi.Input<string>;
  /**
   * The object's key. By default one that names the content, `listing-files/3f9c0a1b2c3d-logo.png`: a changed file gets
   * a new address, which is how a listing learns that its logo changed. With a key of your own the address stays.
   */
  readonly key?: pulumi.Input<string>;
  /** By default what the file's extension says: `image/png`. */
  readonly contentType?: pulumi.Input<string>;
  /** The account of the bucket, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * A file that a listing refers to (logo, EULA, architecture diagram, documentation), kept in S3 and replaced when its
 * content changes. Deleting it removes the object; AWS Marketplace keeps the copy that it made.
 *
 * @example
 * const logo = new ListingFile("logo", { bucket: "my-listings", source: "logo.png" });
 * new AmiProduct("agent", { logoUrl: logo.url, ... });
 */
export class ListingFile extends MarketplaceResource {
  declare readonly bucket: pulumi.Output<string>;
  declare readonly key: pulumi.Output<string>;
  declare readonly contentType: pulumi.Output<string>;
  /** The content, as 64 hexadecimal digits. */
  declare readonly sha256: pulumi.Output<string>;
  /** Where AWS finds it: `https://my-listings.s3.amazonaws.com/listing-files/3f9c0a1b2c3d-logo.png`. */
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, args: ListingFileArgs, opts?: pulumi.CustomResourceOptions) {
    super("ListingFile", name, { ...args }, ["sha256", "url"], opts);
  }
}
