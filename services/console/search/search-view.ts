/** What a person looks at in the search. The address holds all of it: a link leads another person to the same. */
export type SearchView = {
  /** In the query language: words, choices and time are one text. */
  readonly q: string;
  /** On a narrow screen one of them is seen; on a wide one both. */
  readonly show: "list" | "map";
  /** The occurrence that lies open. */
  readonly open?: string | undefined;
};

/** @param search of an address, `?` included. */
export function parseSearch(search: string): SearchView {
  const params = new URLSearchParams(search);
  const open = params.get("open");
  return {
    q: params.get("q") ?? "",
    show: params.get("show") === "map" ? "map" : "list",
    ...(open && { open }),
  };
}

export function formatSearch({ q, show, open }: SearchView): string {
  const params = new URLSearchParams({
    ...(q && { q }),
    ...(show === "map" && { show }),
    ...(open && { open }),
  });
  return params.size > 0 ? `?${params}` : "";
}
