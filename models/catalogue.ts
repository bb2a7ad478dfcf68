import { LABELS, type Label } from "@yardline/domain/detection";
import { CENTERNET } from "./centernet/manifest.ts";
import type { ModelManifest } from "./manifest.ts";

const CENTERNET_512: ModelManifest = {
  name: CENTERNET.name,
  family: "centernet",
  origin: { package: CENTERNET.package },
  licence: CENTERNET.licence,
  sha256: CENTERNET.sha256,
  input: {
    name: CENTERNET.source.input,
    side_px: CENTERNET.side_px,
    step_px: CENTERNET.step_px,
    fit: "letterbox",
    bar: CENTERNET.bar,
    colour: "rgb",
  },
  outputs: { heat: "heat", reach: "reach" },
  // The converter keeps our labels' maps alone, in our order.
  labels: numbered((label) => LABELS.indexOf(label)),
  score_min: CENTERNET.score_min,
  overlap_max: CENTERNET.overlap_max,
};

/** What comes with the packages: the default. */
export const DEFAULT_MODEL = CENTERNET_512;

/**
 * The models that can be named without writing a manifest. Only files whose digest we took ourselves stand here; any other of the
 * same families takes a manifest of its own.
 */
export const CATALOGUE: readonly ModelManifest[] = [
  CENTERNET_512,
  {
    ...CENTERNET_512,
    name: "centernet-416",
    input: { ...CENTERNET_512.input, side_px: 416 },
  },
  {
    name: "yolox-nano-416",
    family: "yolox",
    origin: {
      url: "https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0/yolox_nano.onnx",
    },
    licence: "Apache-2.0",
    sha256: "695e750a5d5754bb5a8d5325643b59282191a7e7a564e435a415fd3c578eab14",
    input: {
      name: "images",
      side_px: 416,
      fit: "letterbox",
      bar: 114,
      colour: "bgr",
    },
    outputs: { output: "output" },
    labels: numbered((label) => CENTERNET.labels[label]),
    // On photographs 89 % of the people at this score are there, and half of all are found; the others are not measured.
    score_min: { person: 0.5, bicycle: 0.3, car: 0.3, motorcycle: 0.3, bus: 0.4, truck: 0.3, dog: 0.4 },
    overlap_max: 0.6,
  },
];

function numbered(numberOf: (label: Label) => number) {
  return {
    person: numberOf("person"),
    bicycle: numberOf("bicycle"),
    car: numberOf("car"),
    motorcycle: numberOf("motorcycle"),
    bus: numberOf("bus"),
    truck: numberOf("truck"),
    dog: numberOf("dog"),
  };
}
