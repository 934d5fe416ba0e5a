interface Page {
  readonly IsTruncated?: boolean;
  readonly Marker?: string;
}

/** Every page of an IAM list, one after another. */
export async function allPages<T extends Page>(list: (Marker: string | undefined) => Promise<T>): Promise<T[]> {
  const pages: T[] = [];
  let marker: string | undefined;
  do {
    const page = await list(marker);
    pages.push(page);
    marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (marker !== undefined);
  return pages;
}
