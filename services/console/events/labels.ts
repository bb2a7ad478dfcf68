import type { Label } from "@yardline/domain/detection";
import type { IconName } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";

/** What a camera can see, in the words and drawings of the page; the type makes it follow the detector's list. */
export const LABEL_NAMES: Readonly<Record<Label, MessageKey>> = {
  person: "label.person",
  bicycle: "label.bicycle",
  car: "label.car",
  motorcycle: "label.motorcycle",
  bus: "label.bus",
  truck: "label.truck",
  dog: "label.dog",
};

export const LABEL_ICONS: Readonly<Record<Label, IconName>> = {
  person: "person",
  bicycle: "bicycle",
  car: "car",
  motorcycle: "motorcycle",
  bus: "bus",
  truck: "truck",
  dog: "dog",
};
