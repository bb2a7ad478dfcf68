const PATHS = {
  person: "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM5 21v-2a5 5 0 0 1 5-5h4a5 5 0 0 1 5 5v2",
  bicycle:
    "M6 20a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM18 20a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM6 16l4-8h5l3 8M10 8 8 5m5 11 4-8m-7 0-1 0m5-3h3",
  car: "M4 17h16v-4l-2-6H6l-2 6v4ZM4 13h16M7 17v2m10-2v2",
  motorcycle:
    "M6 20a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM18 20a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM6 16l5-4h4l3 4M15 12l-2-5h-3",
  bus: "M5 17V6a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v11H5ZM5 12h14M8 17v2.5m8-2.5v2.5M8.5 14.5h.01m6.99 0h.01",
  truck:
    "M2 16V6h11v10H2Zm11-6h4l4 4v2h-8v-6ZM6.5 19a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM17 19a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z",
  dog: "M4 20v-8l2-3 1-5 3 4h4l3-2 3 2v4h-3l-1 8M4 14l-2-2m7 8v-5h6",
  camera: "M3 8h11v9H3V8Zm11 3 7-3v9l-7-3",
  "camera-lost": "M3 8h11v9H3V8Zm11 3 7-3v9l-7-3M2 3l20 18",
  lock: "M6 11h12v9H6v-9Zm2.5 0V8a3.5 3.5 0 0 1 7 0v3",
  pause: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 9v6m4-6v6",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2",
  live: "M12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7.8 16.2a6 6 0 0 1 0-8.4m8.4 0a6 6 0 0 1 0 8.4M5 19a10 10 0 0 1 0-14m14 0a10 10 0 0 1 0 14",
  lost: "M12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM4 4l16 16M16.2 7.8a6 6 0 0 1 1.2 6.8M7.8 16.2a6 6 0 0 1-1.2-6.8",
  close: "M6 6l12 12M18 6 6 18",
  back: "M15 5l-7 7 7 7",
  pin: "M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21ZM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16 16l5 5",
  stop: "M7 21V3h10v8H7M4 21h6",
  list: "M8 6h13M8 12h13M8 18h13M3.5 6h.01M3.5 12h.01M3.5 18h.01",
  film: "M3 5h18v14H3V5Zm5 0v14m8-14v14M3 12h18",
  alert: "M12 4 2.5 20h19L12 4Zm0 6v4m0 3h.01",
  arrow: "M12 3l6 17-6-4-6 4 6-17Z",
  play: "M7 4v16l13-8L7 4Z",
  halt: "M8 4v16M16 4v16",
  step: "M5 5v14l9-7-9-7ZM18 5v14",
  "step-back": "M19 5v14l-9-7 9-7ZM6 5v14",
  larger: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l2 2H4l2-2Zm4 4h4",
  star: "M12 3.5l2.6 5.6 6.1.7-4.5 4.2 1.2 6L12 17l-5.4 3 1.2-6L3.300 9.800l6.1-.7L12 3.5Z",
  delay: "M12 21a9 9 0 1 0-8.5-6M12 7v5l-3.5 2M3 21l.5-6 5.5 1.5",
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside a text that says the same: readers of screens skip it. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
