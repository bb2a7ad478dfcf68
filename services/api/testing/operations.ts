export type Operation = { readonly id: string; readonly method: string; readonly path: string };

/** Every operation that served doors describe. */
export async function operationsOf(url: string): Promise<readonly Operation[]> {
  const described = await fetch(`${url}/v1/openapi.json`);
  const { paths } = (await described.json()) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId: id }]) =>
      method === "head" ? [] : [{ id, method: method.toUpperCase(), path }],
    ),
  );
}
