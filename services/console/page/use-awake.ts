import { useEffect, useState } from "react";

/** A browser gives one server six connections in all its tabs: a tab that nobody looks at gives its own back. */
const ASLEEP_AFTER_MS = 60_000;

/** Whether somebody looks at the page, or did a moment ago. */
export function useAwake(): boolean {
  const [awake, setAwake] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onChange = () => {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(() => setAwake(false), ASLEEP_AFTER_MS);
      else setAwake(true);
    };
    document.addEventListener("visibilitychange", onChange);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onChange);
    };
  }, []);
  return awake;
}
