import * as pulumi from "@pulumi/pulumi";
import { checkPages } from "../marketplace/access/checks";
import { type PortalPage, portalPages } from "../marketplace/access/portal-pages";
import { joinPath, quoted, repeated } from "../marketplace/problem";
import type { ConnectionArgs } from "../providers/connection";
import { GroupMembership } from "../providers/group-membership/group-membership";
import { PortalAccess } from "../providers/portal-access/portal-access";
import { type Member, programName, userName } from "./member";

export interface PortalTeamArgs {
  /** Who may open which pages of the seller portal. */
  readonly people: readonly {
    readonly person: Member;
    readonly pages: "all" | readonly PortalPage[];
  }[];
  /** The seller's account, where it is not the stack's. */
  readonly connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * A seller's team and its pages of the AWS Marketplace Management Portal: one group for each page that somebody may open,
 * one for all pages, and everybody in those that they need.
 *
 * @example
 * new PortalTeam("sellers", { people: [{ person: "alice", pages: "all" }, { person: bob, pages: ["reports"] }] });
 */
export class PortalTeam extends pulumi.ComponentResource {
  /** The groups that there are, by page; `all` for those who may open all of them. */
  readonly groups: ReadonlyMap<PortalPage | "all", PortalAccess>;

  /** @throws when a page is none, or a person is there twice. */
  constructor(name: string, args: PortalTeamArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseMistakes(args.people);
    super("marketplace:index:PortalTeam", name, {}, opts);
    const { connection, people } = args;

    this.groups = new Map(
      groupsFor(people).map((page) => {
        const pages = page === "all" ? page : [page];
        return [page, new PortalAccess(`${name}-${page}`, { pages, connection }, { parent: this })];
      }),
    );

    for (const [i, { person, pages }] of people.entries()) {
      for (const page of pages === "all" ? [pages] : pages) {
        const id = `${name}-${programName(person) ?? String(i)}-${page}`;
        const group = this.groups.get(page)?.name ?? "";
        new GroupMembership(id, { user: userName(person), group, connection }, { parent: this });
      }
    }
    this.registerOutputs({ groups: [...this.groups.values()].map((group) => group.name) });
  }
}

/** In the portal's order, whoever is named first. */
function groupsFor(people: PortalTeamArgs["people"]): (PortalPage | "all")[] {
  const wanted = new Set(people.flatMap(({ pages }) => pages));
  return (["all", ...portalPages] as const).filter((page) => wanted.has(page));
}

function refuseMistakes(people: PortalTeamArgs["people"]): void {
  const problems = people.flatMap(({ pages }, i) => checkPages(pages, joinPath(`people[${String(i)}]`, "pages")));
  const twice = repeated(people.flatMap(({ person }) => programName(person) ?? []));
  const reasons = [
    ...problems.map(({ path, message }) => `${path}: ${message}`),
    ...(twice.length > 0 ? [`people: ${quoted(twice)} is there twice. Name all pages of a person in one place.`] : []),
  ];
  if (reasons.length > 0) throw new pulumi.RunError(reasons.join("\n"));
}
