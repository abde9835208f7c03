// Only in the preview of `asyncrules serve`: loads the page anew when a rule has changed, and keeps
// the place.
(() => {
  const key = `asyncrules-scroll ${location.pathname}`;
  try {
    const place = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    if (place && !location.hash) addEventListener("load", () => scrollTo(0, Number(place)));
  } catch {
    // Without storage the page begins at its top.
  }
  new EventSource("/.asyncrules/events").addEventListener("message", () => {
    try {
      sessionStorage.setItem(key, String(scrollY));
    } catch {
      // As above.
    }
    location.reload();
  });
})();
