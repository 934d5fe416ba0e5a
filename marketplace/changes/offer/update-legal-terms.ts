import { newestStandardContract } from "../../legal-documents";
import type { Problem } from "../../problem";
import { unless } from "../../problem";
import type { ChangeType, World } from "../change-type";
import { list, whole } from "../document-shapes";
import { uuidFrom } from "../uuid";
import { isExpired, isPrivateOffer, isReleased, offerType, withTerms } from "./offer";
import { legalTerm, type LegalDocument, type LegalTerm } from "./terms";

type Details = { readonly Terms: readonly LegalTerm[] };

/** Sets the end user license agreement: AWS's standard contract or a document of the seller's. */
export const updateLegalTerms: ChangeType<Details> = {
  changeType: "UpdateLegalTerms",
  entityType: offerType,
  schema: whole({ Terms: list(legalTerm, 1, 1) }),
  check: (world, entity, { Terms }) => [
    ...unless(!isExpired(world, entity), "INCOMPATIBLE_TERMS", "", "The offer has expired and cannot be changed."),
    ...unless(
      !(isPrivateOffer(entity) && isReleased(entity)),
      "INCOMPATIBLE_TERMS",
      "",
      "The legal terms of a private offer cannot be changed after it is released.",
    ),
    ...Terms.flatMap(({ Documents }, i) =>
      Documents.flatMap((document, j) => [
        ...checkDocument(document, `Terms[${i}].Documents[${j}]`),
        ...checkContent(world, document, `Terms[${i}].Documents[${j}].Url`),
      ]),
    ),
  ],
  apply: (_world, entity, { Terms }) => {
    const url = Terms[0]?.Documents[0]?.Url;
    const shown = Terms.map((term) => ({
      ...term,
      Documents: term.Documents.map((document) => readBack(entity.id, document)),
    }));
    return withTerms(entity, ["LegalTerm"], shown, { EulaUrl: url });
  },
};

/** A custom document has an address and no version, a standard one a version and no address. */
function checkDocument({ Type, Url, Version }: LegalDocument, path: string): Problem[] {
  const code = "INVALID_LEGAL_DOCUMENTS";
  if (Type.startsWith("Custom")) {
    return [
      ...unless(Url !== undefined, code, `${path}.Url`, `${Type} needs the Url of the document.`),
      ...unless(Version === undefined, code, `${path}.Version`, `${Type} has no Version.`),
      ...checkFormat(Url ?? "", `${path}.Url`),
    ];
  }
  const newest = newestStandardContract[Type];
  return [
    ...unless(Url === undefined, code, `${path}.Url`, `${Type} has no Url: AWS provides the document.`),
    ...unless(
      Version === newest,
      code,
      `${path}.Version`,
      Version === undefined
        ? `${Type} needs a Version; the newest is ${newest}.`
        : `Version ${Version} of ${Type} is outdated; offers need the newest, ${newest}.`,
    ),
  ];
}

/** The marketplace fetches a copy of a custom document: everybody must be able to read it, without a password. */
function checkContent(world: World, { Type, Url }: LegalDocument, path: string): Problem[] {
  const facts = Url === undefined || !Type.startsWith("Custom") ? undefined : world.legalDocument?.(Url);
  const code = "INVALID_LEGAL_DOCUMENTS";
  if (facts === undefined) return [];
  if (!facts.found) return unless(false, code, path, `The document cannot be read: ${facts.reason}.`);
  return [
    ...unless(
      facts.isPdf || !/\.pdf$/i.test(Url ?? ""),
      code,
      path,
      "The document calls itself a PDF and is none, or a broken one.",
    ),
    ...unless(
      !(facts.isPdf && facts.needsPassword),
      code,
      path,
      "The PDF asks for a password; give one that does not.",
    ),
  ];
}

/** Formats that the marketplace reads; an address without an ending says nothing of its format. */
const formats: ReadonlySet<string> = new Set(["pdf", "txt", "htm", "html"]);

function checkFormat(url: string, path: string): Problem[] {
  const name = url.split("/").slice(3).at(-1) ?? "";
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase();
  const message = `An agreement is a text or PDF file; ${JSON.stringify(name)} is neither.`;
  return unless(ending === undefined || formats.has(ending), "INVALID_LEGAL_DOCUMENTS", path, message);
}

/** The marketplace keeps its own copy of a custom document and shows that one. */
function readBack(offerId: string, document: LegalDocument): LegalDocument {
  if (document.Url === undefined) return document;
  const kind = /\.(txt|pdf|html?)$/i.exec(document.Url)?.[1]?.toLowerCase() ?? "txt";
  return { ...document, Url: `https://awsmp-legal.s3.amazonaws.com/${uuidFrom(`${offerId} ${document.Url}`)}.${kind}` };
}
