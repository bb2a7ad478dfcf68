/** A phone: one thing at a time. The same width as in `layout.css`. */
export const NARROW = "(max-width: 760px)";
