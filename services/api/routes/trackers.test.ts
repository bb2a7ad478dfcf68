import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { sharedApp } from "../testing/app.ts";

const KNOCKED = {
  protocol: "wialon-ips",
  device_id: "350000000000001",
  first_seen_at: "2026-11-22T11:00:00.000Z",
  last_seen_at: "2026-11-22T12:00:00.000Z",
};

const shared = sharedApp(() => ({
  trackers: {
    listUnknown: async () => [KNOCKED],
    async adopt({ protocol, device_id }) {
      if (protocol === "morse") throw new AppError("DEVICE_PROTOCOL", 'There is no protocol "morse".');
      if (device_id !== KNOCKED.device_id) throw new AppError("DEVICE_TAKEN", "It is on a vehicle already.");
    },
  },
}));

test("trackers that knock in vain", async () => {
  expect((await shared().inject("/v1/trackers/unknown")).json()).toEqual({ trackers: [KNOCKED] });
});

test.for([
  { protocol: "wialon-ips", device_id: KNOCKED.device_id, vehicle_id: "12", status: 201 },
  { protocol: "wialon-ips", device_id: "1", vehicle_id: "12", status: 409 },
  { protocol: "morse", device_id: "1", vehicle_id: "12", status: 404 },
  { protocol: "wialon-ips", device_id: "1", vehicle_id: "", status: 400 },
])("adopting $protocol $device_id: $status", async ({ status, ...payload }) => {
  expect((await shared().inject({ method: "POST", url: "/v1/trackers", payload })).statusCode).toBe(status);
});
