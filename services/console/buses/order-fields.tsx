import type { ReactNode } from "react";
import type { DispatchVehicle } from "../api/types.ts";
import { LANGUAGES } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import type { Wish } from "./asked-order.ts";

/** What an order of this kind has to know. */
export function OrderFields({
  wish,
  vehicles,
}: {
  readonly wish: Wish;
  readonly vehicles: readonly DispatchVehicle[];
}) {
  const { t, formats } = useSpeech();
  switch (wish.order) {
    case "assign":
      return <VehicleField vehicles={vehicles} />;
    case "swap":
      return (
        <>
          <p>{t("order.swap.with", { vehicle: wish.vehicle_id })}</p>
          <VehicleField vehicles={vehicles.filter(({ vehicle_id }) => vehicle_id !== wish.vehicle_id)} />
        </>
      );
    case "cancel":
      return (
        <p>
          {t("order.cancel.run", {
            from: formats.clock(wish.run.starts_at),
            to: formats.clock(wish.run.ends_at),
          })}
        </p>
      );
    case "add":
      return (
        <Labelled name={t("order.start")}>
          <input name="start_time" type="time" required />
        </Labelled>
      );
    case "detour":
      return (
        <>
          <LineField required />
          <StopField name="from_stop_id" label={t("order.from-stop")} required />
          <StopField name="to_stop_id" label={t("order.to-stop")} required />
        </>
      );
    case "close-stop":
      return <StopField name="stop_id" label={t("column.stop")} required />;
    case "alert":
      return (
        <>
          <LineField required={false} />
          <StopField name="stop_id" label={t("order.or-stop")} required={false} />
          {LANGUAGES.map(({ language, name }) => (
            <Labelled key={language} name={t("order.text", { language: name })}>
              <input name={`header_${language}`} lang={language} required maxLength={2_000} />
            </Labelled>
          ))}
        </>
      );
  }
}

function Labelled({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is what it is given
    <label className="field">
      {name}
      {children}
    </label>
  );
}

function VehicleField({ vehicles }: { readonly vehicles: readonly DispatchVehicle[] }) {
  const { t } = useSpeech();
  const ids = vehicles
    .map(({ vehicle_id }) => vehicle_id)
    .toSorted((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  return (
    <Labelled name={t("bus.card")}>
      <input name="vehicle_id" list="vehicles" required maxLength={100} autoComplete="off" />
      <datalist id="vehicles">
        {ids.map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </Labelled>
  );
}

function LineField({ required }: { readonly required: boolean }) {
  const { t } = useSpeech();
  const { lines } = useTown();
  return (
    <Labelled name={t("plan.line")}>
      <select name="route_id" required={required} defaultValue="">
        <option value="">–</option>
        {lines.value?.features.map(({ properties: { route_id, route_short_name, route_long_name } }) => (
          <option key={route_id} value={route_id}>
            {`${route_short_name} ${route_long_name}`.trim()}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function StopField({
  name,
  label,
  required,
}: {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
}) {
  const { language } = useSpeech();
  const { stops } = useTown();
  const sorted = stops.value?.features
    .map(({ properties }) => properties)
    .toSorted((a, b) => a.stop_name.localeCompare(b.stop_name, language));
  return (
    <Labelled name={label}>
      <select name={name} required={required} defaultValue="">
        <option value="">–</option>
        {sorted?.map(({ stop_id, stop_name }) => (
          <option key={stop_id} value={stop_id}>
            {stop_name}
          </option>
        ))}
      </select>
    </Labelled>
  );
}
