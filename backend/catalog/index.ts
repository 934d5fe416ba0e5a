import type { Service } from "../service";
import { cancelChangeSet } from "./cancel-change-set";
import { describeChangeSet } from "./describe-change-set";
import { batchDescribeEntities, describeEntity } from "./describe-entity";
import { listChangeSets } from "./list-change-sets";
import { listEntities } from "./list-entities";
import { rateLimited } from "./rates";
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from "./resource-policies";
import { runChangeSets } from "./runner";
import { startChangeSet } from "./start-change-set";
import { listTagsForResource, tagResource, untagResource } from "./tags";

/** AWS Marketplace Catalog, version 2018-09-17. */
export const service: Service = {
  handlers: rateLimited({
    BatchDescribeEntities: batchDescribeEntities,
    CancelChangeSet: cancelChangeSet,
    DeleteResourcePolicy: deleteResourcePolicy,
    DescribeChangeSet: describeChangeSet,
    DescribeEntity: describeEntity,
    GetResourcePolicy: getResourcePolicy,
    ListChangeSets: listChangeSets,
    ListEntities: listEntities,
    ListTagsForResource: listTagsForResource,
    PutResourcePolicy: putResourcePolicy,
    StartChangeSet: startChangeSet,
    TagResource: tagResource,
    UntagResource: untagResource,
  }),
  start: runChangeSets,
};
