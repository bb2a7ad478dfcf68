/** One line of a log as it is kept, or what is wrong at a place that holds no line. */
export type LogLine =
  | { readonly place: string; readonly text: string }
  | { readonly place: string; readonly fault: string };
