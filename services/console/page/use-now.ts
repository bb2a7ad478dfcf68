import { useEffect, useState } from "react";

/** The time, anew every `period_ms`: for texts like "in 3 min". */
export function useNow(now_ms: () => number, period_ms: number): number {
  const [now, setNow] = useState(now_ms);
  useEffect(() => {
    const timer = setInterval(() => setNow(now_ms()), period_ms);
    return () => clearInterval(timer);
  }, [now_ms, period_ms]);
  return now;
}
