import type { ApiEvent } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { LineBadge } from "../elements/line-badge.tsx";
import { useTown } from "../page/use-town.tsx";
import { iconOf } from "./event-icon.ts";
import { delayChangeOf, sceneOf, stopVisitOf } from "./kinds.ts";
import { snapshotPath } from "./snapshot.tsx";
import { thumbnailView } from "./thumbnail-view.ts";
import { usePicture } from "./use-picture.ts";
import { usePurpose } from "./use-purpose.tsx";

/** What an event looks like beside its sentence: its picture, or the drawing of its kind and its line's number. */
export function Thumbnail({ event }: { readonly event: ApiEvent }) {
  const { findLine } = useTown();
  const { lookAt } = usePurpose();
  const { src, onError } = usePicture(lookAt(snapshotPath(event, { framed: false })));
  const box = sceneOf(event)?.box;
  const transit = stopVisitOf(event) ?? delayChangeOf(event);
  if (!src) {
    return (
      <span className="thumbnail">
        <Icon name={iconOf(event)} size={20} />
        {transit && (
          <LineBadge
            name={transit.route_short_name ?? transit.route_id}
            color={findLine(transit.route_id)?.route_color}
          />
        )}
      </span>
    );
  }
  return (
    <span className="thumbnail">
      <img
        src={src}
        alt=""
        loading="lazy"
        decoding="async"
        width="96"
        height="64"
        onError={onError}
        {...(box && { style: { objectViewBox: thumbnailView(box) } })}
      />
      <span className="thumbnail-icon">
        <Icon name={iconOf(event)} size={14} />
      </span>
    </span>
  );
}
