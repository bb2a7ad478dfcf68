/** What this browser keeps under a name. One that keeps nothing, or is full, answers null and forgets: the page goes on without. */
export const browserStorage: Pick<Storage, "getItem" | "setItem"> = {
  getItem(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  setItem(key, text) {
    try {
      localStorage.setItem(key, text);
    } catch {
      // It is known until the page is closed.
    }
  },
};
