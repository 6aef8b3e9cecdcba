// Runs before the first paint, so that nobody sees the wrong theme flash by.
(function () {
  try {
    const theme = localStorage.getItem('portal.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.kernTheme = theme;
    document.documentElement.lang = localStorage.getItem('portal.language') === 'en' ? 'en' : 'de';
  } catch { /* storage is switched off: the system's theme, and German */ }
})();
