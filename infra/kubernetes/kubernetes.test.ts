import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SERVICE_NAMES } from "@yardline/town/service";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { PersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { Service } from "kubernetes-models/v1/Service";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";

const KINDS = {
  ConfigMap,
  Deployment,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  Service,
  StatefulSet,
};

type Container = {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string }[];
  readonly volumeMounts: readonly { readonly name: string }[];
};
type Manifest = {
  readonly kind: keyof typeof KINDS;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly podSelector: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly volumes?: readonly { readonly name: string }[];
        readonly containers: readonly Container[];
        readonly initContainers?: readonly Container[];
      };
    };
  };
};

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".yaml"));
const manifests = files
  .filter((name) => name !== "kustomization.yaml")
  .flatMap((name) => parseAllDocuments(readFileSync(join(import.meta.dirname, name), "utf8")))
  .map((document): Manifest => document.toJS());
const workloads = manifests.filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet");
const named = (all: readonly Manifest[]) =>
  all.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest] as const);

test("every file is applied", () => {
  const { resources } = parse(readFileSync(join(import.meta.dirname, "kustomization.yaml"), "utf8"));
  expect(["kustomization.yaml", ...resources].toSorted()).toEqual(files.toSorted());
});

test.for(named(manifests))("%s obeys Kubernetes' schema", ([, manifest]) => {
  new KINDS[manifest.kind](JSON.parse(JSON.stringify(manifest))).validate();
});

test("a mistake does not pass the schema", () => {
  const broken = { metadata: { name: "api" }, spec: { selector: {}, template: {}, replicas: "one" } };
  expect(() => new Deployment(JSON.parse(JSON.stringify(broken))).validate()).toThrow(/replicas/);
});

test.for(named(workloads))(
  "%s is confined: no root, no rights, limited, watched, a named release",
  ([, { spec }]) => {
    const { containers, initContainers = [] } = spec.template.spec;
    expect(spec.template.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    });
    for (const container of [...initContainers, ...containers]) {
      expect(container).toMatchObject({
        image: expect.stringMatching(/:\d+\.\d+/),
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        resources: { requests: { cpu: expect.anything() }, limits: { memory: expect.anything() } },
      });
      const secrets = (container.env ?? []).filter(({ name }) => /PASSWORD|TOKEN|SECRET/.test(name));
      expect(secrets.filter(({ name }) => !name.endsWith("_FILE"))).toEqual([]);
    }
    for (const container of containers) {
      expect(container).toMatchObject({
        readinessProbe: expect.anything(),
        livenessProbe: expect.anything(),
      });
    }
  },
);

test.for(named(workloads))("%s mounts what it has, and all of it", ([, { spec }]) => {
  const { containers, initContainers = [], volumes = [] } = spec.template.spec;
  const mounted = [...initContainers, ...containers].flatMap(({ volumeMounts }) => volumeMounts);
  const there = [...volumes, ...(spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata)];
  expect(new Set(mounted.map(({ name }) => name))).toEqual(new Set(there.map(({ name }) => name)));
});

test("whoever is selected is there", () => {
  const labels = workloads.map(({ spec }) => spec.template.metadata.labels);
  const selectors = manifests.flatMap(({ kind, spec }) => {
    if (kind === "NetworkPolicy") return [spec.podSelector.matchLabels ?? {}];
    if (kind === "ConfigMap" || kind === "Namespace" || kind === "PersistentVolumeClaim") return [];
    return [kind === "Service" ? JSON.parse(JSON.stringify(spec.selector)) : spec.selector.matchLabels];
  });
  const isThere = (selector: Readonly<Record<string, string>>) =>
    labels.some((each) => Object.entries(selector).every(([name, is]) => each[name] === is));
  expect(selectors.filter((selector) => !isThere(selector))).toEqual([]);
});

test("each pod has a policy of its own, so that nothing falls back to the closed one unseen", () => {
  const policies = manifests.filter(({ kind }) => kind === "NetworkPolicy");
  const chosen = policies.flatMap(({ spec }) =>
    spec.podSelector.matchLabels ? [spec.podSelector.matchLabels] : [],
  );
  for (const { spec } of workloads) {
    const { labels } = spec.template.metadata;
    expect(chosen.some((each) => Object.entries(each).every(([name, is]) => labels[name] === is))).toBe(true);
  }
});

test("what has copies loses one at a time", () => {
  const budgets = manifests
    .filter(({ kind }) => kind === "PodDisruptionBudget")
    .map(({ metadata }) => metadata.name);
  const copied = workloads.filter(({ spec }) => "replicas" in spec && spec.replicas !== 1);
  expect(budgets.toSorted()).toEqual(copied.map(({ metadata }) => metadata.name).toSorted());
});

test("every Yardline service but the cameras' boxes runs", () => {
  const run = workloads.flatMap(({ spec }) =>
    spec.template.spec.containers.flatMap(({ image, args }) =>
      image.startsWith("yardline:") ? [args?.[0]] : [],
    ),
  );
  expect(run.toSorted()).toEqual(SERVICE_NAMES.filter((name) => name !== "edge").toSorted());
});
