// Sets the chosen colours before the page is drawn, so that it does not flash.
(() => {
  try {
    const theme = localStorage.getItem("asyncrules-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Without storage the system decides.
  }
})();
