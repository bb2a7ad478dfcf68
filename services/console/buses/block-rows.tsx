import type { Block } from "../api/types.ts";
import { Badge, type Tone } from "../elements/badge.tsx";
import { LineBadge } from "../elements/line-badge.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import type { Wish } from "./asked-order.ts";
import { byNeed, type Duty, type DutyState } from "./duty.ts";

const STATES: Readonly<Record<DutyState, { readonly name: MessageKey; readonly tone: Tone }>> = {
  running: { name: "duty.running", tone: "good" },
  coming: { name: "duty.coming", tone: "plain" },
  over: { name: "duty.over", tone: "plain" },
  cancelled: { name: "call.cancelled", tone: "warn" },
};

/** Today's blocks: what needs somebody first. @param onWish absent for whoever may only look. */
export function BlockRows({
  blocks,
  now_ms,
  onWish,
}: {
  readonly blocks: readonly Block[];
  readonly now_ms: number;
  readonly onWish: ((wish: Wish) => void) | undefined;
}) {
  return (
    <ul className="duty-list">
      {byNeed(blocks, now_ms).map(({ block, duty }) => (
        <li
          key={`${block.feed}/${block.block_id ?? block.runs[0]?.trip_id}/${block.runs[0]?.starts_at}`}
          className="card"
        >
          <BlockRow block={block} duty={duty} onWish={onWish} />
        </li>
      ))}
    </ul>
  );
}

function BlockRow({
  block,
  duty,
  onWish,
}: {
  readonly block: Block;
  readonly duty: Duty;
  readonly onWish: ((wish: Wish) => void) | undefined;
}) {
  const { t, formats } = useSpeech();
  const { findLine } = useTown();
  const { run, state } = duty;
  const line = run && findLine(run.route_id);
  const first = block.runs[0];
  const last = block.runs.at(-1);
  return (
    <>
      <h2 className="duty-name">
        {line && <LineBadge name={line.route_short_name} color={line.route_color} />}
        <span>
          {block.block_id === undefined ? t("duty.single") : t("duty.block", { block: block.block_id })}
        </span>
        {first && last && (
          <span className="quiet">
            {formats.clock(first.starts_at)}–{formats.clock(last.ends_at)}
          </span>
        )}
      </h2>
      <p className="badges">
        <Badge tone={STATES[state].tone}>{t(STATES[state].name)}</Badge>
        {duty.uncovered && (
          <Badge tone="bad" icon="alert">
            {t("duty.uncovered")}
          </Badge>
        )}
        {duty.unlike && (
          <Badge tone="warn" icon="alert">
            {t("duty.unlike")}
          </Badge>
        )}
        {block.driven_by.map(({ vehicle_id, confidence }) => (
          <Badge key={vehicle_id} tone="accent" icon="bus">
            {t("duty.driven", { vehicle: vehicle_id, sure: formats.percent(confidence) })}
          </Badge>
        ))}
        {block.assigned.map((vehicle_id) => (
          <Badge key={vehicle_id} icon="pin">
            {t("duty.assigned", { vehicle: vehicle_id })}
          </Badge>
        ))}
      </p>
      {run && state !== "over" && (
        <p className="duty-run">
          {t(state === "running" ? "duty.now" : "duty.next", {
            from: formats.clock(run.starts_at),
            to: formats.clock(run.ends_at),
            headsign: run.headsign ?? line?.route_long_name ?? "",
          })}
        </p>
      )}
      {onWish && state !== "over" && (
        <p className="duty-actions">
          <Action name={t("order.assign")} onPress={() => onWish({ order: "assign", block })} />
          {block.driven_by[0] && (
            <Action
              name={t("order.swap")}
              onPress={() => onWish({ order: "swap", vehicle_id: block.driven_by[0]?.vehicle_id ?? "" })}
            />
          )}
          {run && !run.cancelled && (
            <Action name={t("order.cancel")} onPress={() => onWish({ order: "cancel", block, run })} />
          )}
          {run && <Action name={t("order.add")} onPress={() => onWish({ order: "add", block, run })} />}
        </p>
      )}
    </>
  );
}

function Action({ name, onPress }: { readonly name: string; onPress(): void }) {
  return (
    <button type="button" className="link-button" onClick={onPress}>
      {name}
    </button>
  );
}
