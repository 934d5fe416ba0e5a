/** The newest version of each standard document of AWS; new offers need it (Catalog API, Work with private offers). */
export const newestStandardContract: Readonly<Record<string, string>> = {
  StandardEula: "2022-07-14",
  StandardDsa: "2019-12-12",
};
