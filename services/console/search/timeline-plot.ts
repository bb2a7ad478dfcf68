import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Formats } from "../messages/formats.ts";
import type { Period } from "./question.ts";
import { type Counts, SEVERITIES, type Severity } from "./result.ts";
import { endOf } from "./timeline.ts";

const HEIGHT_PX = 104;
const AXIS_PX = 26;
const COUNT_AXIS_PX = 46;
const DAY_S = 86_400;

type Drawn = { readonly counts: Counts; readonly period: Period };

export type TimelinePlot = {
  /** Moves what is seen, before the counts of it are there. */
  show(period: Period): void;
  remove(): void;
};

type Hands = {
  /** The moment under the pointer; undefined when it leaves. */
  onPoint(at_ms: number | undefined): void;
  onSelect(one_ms: number, other_ms: number): void;
};

/** Draws counts over time into an element, in the town's zone and the page's colours. */
export function makeTimelinePlot(
  room: HTMLElement,
  { counts, period, timezone }: Drawn & { readonly timezone: string },
  formats: Formats,
  { onPoint, onSelect }: Hands,
): TimelinePlot {
  const tokens = getComputedStyle(room);
  const token = (name: string) => tokens.getPropertyValue(name).trim();
  const axis = {
    stroke: token("--ink-2"),
    font: `12px ${token("--font")}`,
    grid: { stroke: token("--edge"), width: 1 },
    ticks: { show: false },
  };
  const colors = { info: token("--accent"), notice: token("--warn"), alarm: token("--bad") };
  const most = Math.max(1, ...counts.buckets.map(({ count }) => count));
  const plot = new uPlot(
    {
      width: Math.max(1, room.clientWidth),
      height: HEIGHT_PX,
      legend: { show: false },
      tzDate: (at_s) => uPlot.tzDate(new Date(at_s * 1000), timezone),
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      scales: { x: { time: true }, y: { range: [0, most] } },
      series: [{}, { paths: () => null, points: { show: false } }],
      axes: [
        {
          ...axis,
          size: AXIS_PX,
          values: (_, splits, __, ___, step_s) =>
            splits.map((at_s) => tickText(at_s * 1000, step_s, formats)),
        },
        {
          ...axis,
          size: COUNT_AXIS_PX,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6],
          values: (_, splits) => splits.map((count) => formats.number(count)),
        },
      ],
      hooks: {
        draw: [(drawn) => drawBars(drawn, counts, colors)],
        setCursor: [
          ({ cursor, posToVal }) => {
            const left = cursor.left ?? -1;
            onPoint(left < 0 ? undefined : posToVal(left, "x") * 1000);
          },
        ],
        setSelect: [
          (drawn) => {
            const { left, width } = drawn.select;
            if (width > 3)
              onSelect(drawn.posToVal(left, "x") * 1000, drawn.posToVal(left + width, "x") * 1000);
            drawn.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
      },
    },
    [counts.buckets.map(({ at_ms }) => at_ms / 1000), counts.buckets.map(({ count }) => count)],
    room,
  );
  const show = ({ from_ms, to_ms }: Period) => plot.setScale("x", { min: from_ms / 1000, max: to_ms / 1000 });
  show(period);
  const sized = new ResizeObserver(() =>
    plot.setSize({ width: Math.max(1, room.clientWidth), height: HEIGHT_PX }),
  );
  sized.observe(room);
  return {
    show,
    remove() {
      sized.disconnect();
      plot.destroy();
    },
  };
}

/** Hours within a day, days else; midnight is the day's name. */
function tickText(at_ms: number, step_s: number, formats: Formats): string {
  const clock = formats.clock(at_ms);
  return step_s >= DAY_S || clock === "00:00" ? formats.dayMonth(at_ms) : clock;
}

/** Bars of their slice's width, the severities on top of each other. */
function drawBars(plot: uPlot, { buckets, every }: Counts, colors: Readonly<Record<Severity, string>>): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const bucket of buckets) {
    const left = plot.valToPos(bucket.at_ms / 1000, "x", true);
    const right = plot.valToPos(endOf(bucket.at_ms, every) / 1000, "x", true);
    if (right < bbox.left || left > bbox.left + bbox.width) continue;
    const gap = Math.min(2, (right - left) / 5);
    let below = 0;
    for (const severity of SEVERITIES) {
      const top = plot.valToPos(below + bucket[severity], "y", true);
      const bottom = plot.valToPos(below, "y", true);
      ctx.fillStyle = colors[severity];
      ctx.fillRect(left, top, Math.max(1, right - left - gap), bottom - top);
      below += bucket[severity];
    }
  }
  ctx.restore();
}
