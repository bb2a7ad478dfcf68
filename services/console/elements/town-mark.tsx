/** The mark of `favicon.svg`, drawn in the page: as a picture it is one more file, and on a slow phone a task of its own after the minutes. */
export const TownMark = () => (
  <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="8" fill="#0b6b5d" />
    <path
      d="M8 22V11l8 6 8-6v11"
      fill="none"
      stroke="#fff"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);
