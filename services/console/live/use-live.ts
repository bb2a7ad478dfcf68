import { useEffect, useReducer, useState } from "react";
import { withQuery } from "../events/purpose.ts";
import { useAwake } from "../page/use-awake.ts";
import { LiveConnection } from "./live-connection.ts";

/**
 * The live pictures of some cameras. While nobody sees the page, none are asked for.
 * @param lookAt gives an address with what it is looked at for; undefined until that is known.
 */
export function useLive(
  cameras: readonly string[],
  lookAt: (path: string) => string | undefined,
): LiveConnection | undefined {
  const [, tell] = useReducer((times: number) => times + 1, 0);
  const [connection, setConnection] = useState<LiveConnection>();
  const awake = useAwake();

  useEffect(() => {
    const opened = new LiveConnection(tell);
    setConnection(opened);
    return () => opened.close();
  }, []);

  const path = awake && cameras.length > 0 ? lookAt(liveUrl(cameras)) : "";
  // Its cameras are in its path.
  useEffect(() => connection?.ask({ path: path ?? "", cameras }), [connection, path]);
  return connection;
}

function liveUrl(cameras: readonly string[]): string {
  return cameras.reduce(
    (path, camera) => withQuery(path, `camera=${encodeURIComponent(camera)}`),
    "/v1/live",
  );
}
