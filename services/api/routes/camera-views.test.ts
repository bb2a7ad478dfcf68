import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { CAMERA } from "../testing/scenes.ts";

const GATE = { token: "gate", name: "The gate" };

async function doors(fail?: AppError) {
  const turned: string[] = [];
  const cameras = {
    listCameras: () => [CAMERA],
    listViews: async () => {
      if (fail) throw fail;
      return [GATE];
    },
    turnTo: async (id: string, view: string) => {
      if (fail) throw fail;
      turned.push(`${id} ${view}`);
    },
  };
  const app = await testApp({ cameras });
  const turn = (payload: object, headers = {}) =>
    app.inject({ method: "POST", url: "/v1/cameras/square/turn", payload, headers });
  return { app, turned, turn };
}

test("a dispatcher sees the saved views of a camera and turns it to one", async () => {
  const { app, turn, turned } = await doors();
  expect((await app.inject("/v1/cameras/square/views")).json()).toEqual({ views: [GATE] });
  const answer = await turn({ view: "gate" });
  expect([answer.statusCode, answer.body, turned]).toEqual([204, "", ["square gate"]]);
});

test.for([
  { code: "CAMERA_UNKNOWN", status: 404 },
  { code: "VIEW_UNKNOWN", status: 404 },
  { code: "PTZ_MISSING", status: 409 },
  { code: "PTZ_MASKED", status: 409 },
  { code: "PTZ_BUSY", status: 429 },
  { code: "ONVIF_REFUSED", status: 502 },
])("$code is $status", async ({ code, status }) => {
  const { turn } = await doors(new AppError(code, "at http://operator:secret@10.0.0.7"));
  const answer = await turn({ view: "gate" });
  expect(answer.statusCode).toBe(status);
  expect(answer.headers["retry-after"]).toBe(status === 429 ? "3" : undefined);
  if (status === 502) expect(answer.body).not.toMatch(/secret|10\.0\.0\.7/);
});

test("pages of other sites turn nothing, nor does what is no question", async () => {
  const { turn, turned } = await doors();
  expect((await turn({ view: "gate" }, { origin: "https://elsewhere.example" })).statusCode).toBe(403);
  expect((await turn({ view: "" })).statusCode).toBe(400);
  expect((await turn({ view: "gate", speed: 9 })).statusCode).toBe(400);
  expect(turned).toEqual([]);
});

test("where another process watches the cameras, none is turned here", async () => {
  const app = await testApp({ cameras: { listCameras: () => [CAMERA] } });
  expect((await app.inject("/v1/cameras/square/views")).statusCode).toBe(404);
});
