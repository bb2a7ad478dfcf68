import { Icon } from "../elements/icon.tsx";
import { Sheet } from "../elements/sheet.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { StopBoard } from "./stop-board.tsx";
import { useBoard } from "./use-board.ts";

/** What comes to a stop, over the map or alone on a phone. */
export function StopSheet({
  stop_id,
  alone = false,
  onClose,
}: {
  readonly stop_id: string;
  readonly alone?: boolean;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const { now_ms, findStopName } = useTown();
  const board = useBoard(stop_id, now_ms);
  return (
    <Sheet
      name={stop_id}
      alone={alone}
      title={
        <>
          <Icon name="stop" /> <bdi>{board.name ?? findStopName(stop_id) ?? t("stop")}</bdi>
        </>
      }
      onClose={onClose}
    >
      <StopBoard stop_id={stop_id} board={board} />
    </Sheet>
  );
}
