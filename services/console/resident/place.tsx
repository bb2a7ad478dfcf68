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
import { formatResident, parseResident, type ResidentPlace } from "./address.ts";

type Go = (to: ResidentPlace) => void;
const PlaceContext = createContext<Go | undefined>(undefined);
export const ResidentPlaceProvider = PlaceContext.Provider;

/** Where the passenger is; the address bar holds it. */
export function useResidentPlace(): readonly [ResidentPlace, Go] {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const onPop = () => setPath(location.pathname);
    addEventListener("popstate", onPop);
    return () => removeEventListener("popstate", onPop);
  }, []);
  const go = useCallback<Go>((to) => {
    history.pushState(null, "", formatResident(to));
    setPath(location.pathname);
    scrollTo(0, 0);
  }, []);
  const place = useMemo<ResidentPlace>(() => parseResident(path) ?? { page: "home" }, [path]);
  return [place, go];
}

/** A real link that does not load the page anew. */
export function ResidentLink({
  to,
  ...rest
}: { readonly to: ResidentPlace } & Omit<ComponentProps<"a">, "href" | "onClick">) {
  const go = use(PlaceContext);
  const onClick = (event: MouseEvent) => {
    if (!go || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={formatResident(to)} onClick={onClick} />;
}
