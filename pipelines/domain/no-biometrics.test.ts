import { expect, test } from "vitest";
import { isBiometric } from "./no-biometrics.ts";

test.for([
  ...[
    "face",
    "Faces",
    "person_face",
    "face-recognition",
    "facenet",
    "ArcFace",
    "gait",
    "gaitset-b",
    "OSNet-ReID",
  ],
  ...[
    "person-id",
    "PersonID",
    "embedding",
    "faceEmbeddings",
    "output.embedding",
    "age",
    "sex",
    "race",
    "emotion",
  ],
  ...["licence-plate", "plates", "anpr", "iris", "biometric", "re-id"],
])("%s is who somebody is", (word) => {
  expect(isBiometric(word)).toBe(true);
});

test.for([
  ...[
    "person",
    "interface",
    "surface",
    "message",
    "average",
    "package",
    "stage",
    "trace",
    "terrace",
    "garage",
  ],
  ...["voiceless", "centernet-512", "yolox", "rt-detr", "boxes", "scores", "template", ""],
])("%s is not", (word) => {
  expect(isBiometric(word)).toBe(false);
});
