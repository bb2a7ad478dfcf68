import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ServiceDate } from "@yardline/timetable/service-day";

/** One closed service day's file. It is never changed: a corrected day is a new file of the next generation. */
export type DayFile = {
  readonly service_date: ServiceDate;
  readonly generation: number;
  readonly path: string;
};

const NAME = /^(\d{8})\.(\d{1,9})\.parquet$/;
const UNFINISHED = /\.part$/;

export function daysFolder(folder: string): string {
  return join(folder, "days");
}

/** The newest generation of each closed day, oldest day first. */
export function listDayFiles(folder: string): readonly DayFile[] {
  return [...Map.groupBy(everyGeneration(folder), ({ service_date }) => service_date).values()]
    .flatMap((generations) => generations.toSorted((a, b) => b.generation - a.generation).slice(0, 1))
    .toSorted((a, b) => (a.service_date < b.service_date ? -1 : 1));
}

/** Where a day's next generation belongs. */
export function nextDayFile(folder: string, service_date: ServiceDate): DayFile {
  const present = everyGeneration(folder).filter((file) => file.service_date === service_date);
  const generation = Math.max(0, ...present.map((file) => file.generation)) + 1;
  return {
    service_date,
    generation,
    path: join(daysFolder(folder), `${service_date}.${generation}.parquet`),
  };
}

/** Removes what a crash or a correction left: half-written files, and all but the newest generation. */
export function clearLeftOvers(folder: string): void {
  mkdirSync(daysFolder(folder), { recursive: true });
  const newest = new Set(listDayFiles(folder).map(({ path }) => path));
  const older = everyGeneration(folder).filter(({ path }) => !newest.has(path));
  for (const { path } of older) rmSync(path);
  for (const name of readdirSync(daysFolder(folder)).filter((each) => UNFINISHED.test(each))) {
    rmSync(join(daysFolder(folder), name));
  }
}

function everyGeneration(folder: string): readonly DayFile[] {
  return namesIn(daysFolder(folder)).flatMap((name) => {
    const [, service_date, generation] = NAME.exec(name) ?? [];
    if (service_date === undefined) return [];
    return [{ service_date, generation: Number(generation), path: join(daysFolder(folder), name) }];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw cause;
  }
}
