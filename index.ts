export { AmiProduct, type AmiProductArgs, type PendingRequest } from "./providers/ami-product/ami-product";
export { AmiVersion, type AmiVersionArgs } from "./providers/ami-version/ami-version";
export type { Connection, ConnectionArgs } from "./providers/connection";
export { ListingFile, type ListingFileArgs } from "./providers/listing-file/listing-file";
