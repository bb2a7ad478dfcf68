import {
  type ComponentProps,
  createContext,
  type MouseEvent,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from "react";
import type { Filter } from "../events/filter.ts";
import { formatView, parseView, type View } from "./view.ts";

type Go = (change: Partial<View>, how?: "push" | "replace") => void;

type Place = { readonly view: View; readonly go: Go };

const PlaceContext = createContext<Place | undefined>(undefined);
export const PlaceProvider = PlaceContext.Provider;

/** Where the person is, and how to go elsewhere. */
export function usePlace(): Place {
  const place = use(PlaceContext);
  if (!place) throw new Error("usePlace outside of PlaceProvider");
  return place;
}

/** Keeps the view and the address bar the same. */
export function useAddress(): Place {
  const [address, setAddress] = useState(() => location.pathname + location.search);
  const view = useStableFilter(useMemo(() => parseAddress(address), [address]));

  useEffect(() => {
    const onPop = () => setAddress(location.pathname + location.search);
    addEventListener("popstate", onPop);
    return () => removeEventListener("popstate", onPop);
  }, []);

  const go = useCallback<Go>((change, how = "push") => {
    const here = location.pathname + location.search;
    const next = formatView({ ...parseAddress(here), ...change });
    if (next === here) return;
    history[how === "push" ? "pushState" : "replaceState"](null, "", next);
    setAddress(next);
  }, []);

  return useMemo(() => ({ view, go }), [view, go]);
}

function parseAddress(address: string): View {
  const { pathname, search } = new URL(address, location.origin);
  return parseView(pathname, search);
}

/** The same filter stays the same object while only something else of the view changes. */
function useStableFilter(view: View): View {
  const [filter, setFilter] = useState<Filter>(view.filter);
  const same = JSON.stringify(filter) === JSON.stringify(view.filter);
  if (!same) setFilter(view.filter);
  return useMemo(() => ({ ...view, filter: same ? filter : view.filter }), [view, filter, same]);
}

/** A real link to a view: it opens in another tab, can be copied, and does not reload the page. */
export function ViewLink({
  to,
  ...rest
}: { readonly to: Partial<View> } & Omit<ComponentProps<"a">, "href" | "onClick">) {
  const { view, go } = usePlace();
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={formatView({ ...view, ...to })} onClick={onClick} />;
}
