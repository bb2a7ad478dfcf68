import { useEffect, useReducer, useState } from "react";
import { withQuery } from "../events/purpose.ts";
import { useAwake } from "../page/use-awake.ts";
import { LiveConnection } from "./live-connection.ts";

/**
 * The live pictures of some cameras. While nobody sees the page, none are asked for.
 * @param streams which of their streams, as it stands in the address; empty for the main ones.
 * @param lookAt gives an address with what it is looked at for; undefined until that is known.
 */
export function useLive(
  cameras: readonly string[],
  streams: string,
  lookAt: (path: string) => string | undefined,
): LiveConnection | undefined {
  const [, tell] = useReducer((times: number) => times + 1, 0);
  const [connection, setConnection] = useState<LiveConnection>();
  const awake = useAwake();
  // Once a camera cannot be played as it is, all that cannot are asked for anew.
  const [h264, setH264] = useState(false);
  const unplayable = cameras.some((camera) => connection?.stateOf(camera).kind === "unplayable");
  if (unplayable && !h264) setH264(true);

  useEffect(() => {
    const opened = new LiveConnection(tell);
    setConnection(opened);
    return () => opened.close();
  }, []);

  const path = awake && cameras.length > 0 ? lookAt(liveUrl(cameras, streams, h264)) : "";
  // Its cameras are in its path.
  useEffect(() => connection?.ask({ path: path ?? "", cameras }), [connection, path]);
  return connection;
}

function liveUrl(cameras: readonly string[], streams: string, h264: boolean): string {
  const each = cameras.map((camera) => `camera=${encodeURIComponent(camera)}`);
  return [...(h264 ? ["codec=h264"] : []), ...(streams ? [streams] : []), ...each].reduce(
    withQuery,
    "/v1/live",
  );
}
