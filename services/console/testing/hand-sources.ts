type Hear = (message: { readonly data?: unknown }) => void;

/** EventSources that a test drives by hand. */
export function handSources() {
  const sources: { readyState: number; say(type: string, data?: string): void; closed: boolean }[] = [];
  const open = () => {
    const listeners: { readonly type: string; readonly hear: Hear }[] = [];
    const source = {
      readyState: 0,
      closed: false,
      addEventListener: (type: string, hear: Hear) => void listeners.push({ type, hear }),
      say: (type: string, data?: string) => {
        for (const each of listeners) if (each.type === type) each.hear({ data });
      },
      close: () => {
        source.closed = true;
      },
    };
    sources.push(source);
    return source;
  };
  return { sources, open };
}
