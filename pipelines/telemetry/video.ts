import type { ReceiverNote } from "@yardline/sources/positions/receiver";
import type { StreamMeasure } from "@yardline/sources/video/stream-meter";
import type { StreamNote } from "@yardline/sources/video/watch-camera";
import type { Logger } from "pino";
import { Counter, Gauge, Histogram } from "prom-client";

const ages = new Histogram({
  name: "yardline_video_frame_age_seconds",
  help: "How old a frame is when it could first be looked at: from its capture to its decoded picture.",
  labelNames: ["camera"] as const,
  buckets: [0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5],
});

const dropped = new Counter({
  name: "yardline_video_packets_dropped_total",
  help: "Packets that were recorded but not decoded, because the decoder was late, stuck or gone.",
  labelNames: ["camera"] as const,
});

const restarts = new Counter({
  name: "yardline_video_decoder_restarts_total",
  help: "Decoders that had to be started again, by why.",
  labelNames: ["camera", "why"] as const,
});

const stored_bytes = new Counter({
  name: "yardline_video_recorded_bytes_total",
  help: "Bytes of segments that are on disk.",
  labelNames: ["camera"] as const,
});

const lost_segments = new Counter({
  name: "yardline_video_segments_lost_total",
  help: "Segments that could not be stored, by the error's code: gaps in the recording.",
  labelNames: ["camera", "code"] as const,
});

const unreadable = new Counter({
  name: "yardline_camera_positions_unreadable_total",
  help: "Places in a camera's stream that could not be read, by why.",
  labelNames: ["camera", "format", "code"] as const,
});

const given_up = new Counter({
  name: "yardline_video_gops_given_up_total",
  help: "Groups of pictures too long to be kept for a decoder that begins in the middle.",
  labelNames: ["camera"] as const,
});

const ends = new Counter({
  name: "yardline_video_connections_ended_total",
  help: "Connections to cameras that ended, by why.",
  labelNames: ["camera", "why"] as const,
});

const streams = {
  fps: gauge("fps", "Pictures a second that the camera sends."),
  bit_rate_kbps: gauge("bit_rate_kbps", "Kilobits a second that the camera sends."),
  key_frame_distance_ms: gauge("key_frame_distance_ms", "The longest time between two key frames lately."),
  drift_ms: gauge("drift_ms", "How far the camera's clock moved against ours since it was connected."),
};

function gauge(name: string, help: string): Gauge<"camera" | "stream"> {
  return new Gauge({
    name: `yardline_video_stream_${name}`,
    help,
    labelNames: ["camera", "stream"] as const,
  });
}

/** Counts what a camera's way in has to tell, and logs what a person may have to act upon. */
export function videoNoted(log: Logger, camera: string, note: StreamNote): void {
  switch (note.kind) {
    case "frame-seen":
      ages.observe({ camera }, Math.max(0, note.age_ms) / 1000);
      break;
    case "stream-measured":
      streamMeasured({ camera, stream: note.stream ?? "main" }, note);
      break;
    case "segment-stored":
      stored_bytes.inc({ camera }, note.bytes);
      break;
    case "packets-dropped":
      dropped.inc({ camera }, note.packets);
      break;
    case "gop-given-up":
      given_up.inc({ camera });
      break;
    case "positions-found":
      log.info({ camera, format: note.format }, "A camera's stream tells where it is.");
      break;
    case "positions-unreadable":
      unreadable.inc({ camera, format: note.format, code: note.code });
      break;
    case "positions-given-up":
      log.warn(
        { camera },
        "What a camera carries beside its pictures cannot be read; it goes on without places.",
      );
      break;
    case "transport-changed":
      log.warn(
        { camera, to: note.to },
        "Nothing came from a camera; its pictures are asked for in the other way.",
      );
      break;
    case "decoder-restarted":
      restarts.inc({ camera, why: note.why });
      log.warn({ camera, why: note.why, said: note.said }, "A decoder was started again.");
      break;
    case "segment-lost":
      lost_segments.inc({ camera, code: note.code });
      log.error({ camera, code: note.code, why: note.message }, "A segment was not recorded.");
      break;
    case "connection-ended":
      ends.inc({ camera, why: note.why });
      log.info({ camera, why: note.why, code: note.code, said: note.said }, "A camera's connection ended.");
      break;
  }
}

/** What is to be told of a receiver that says where a camera rides. */
export function receiverNoted(log: Logger, camera: string, note: ReceiverNote): void {
  switch (note.kind) {
    case "receiver-connected":
      log.info({ camera }, "The receiver of a camera's vehicle is connected.");
      break;
    case "receiver-lost":
      log.warn(
        { camera, code: note.code },
        "The receiver of a camera's vehicle tells no places; it is asked again.",
      );
      break;
    case "positions-unreadable":
      unreadable.inc({ camera, format: note.format, code: note.code });
      break;
  }
}

function streamMeasured(
  labels: { readonly camera: string; readonly stream: string },
  measure: StreamMeasure,
): void {
  streams.fps.set(labels, measure.fps);
  streams.bit_rate_kbps.set(labels, measure.bit_rate_kbps);
  streams.drift_ms.set(labels, measure.drift_ms);
  if (measure.key_frame_distance_ms !== undefined) {
    streams.key_frame_distance_ms.set(labels, measure.key_frame_distance_ms);
  }
}
