/** Filters the table of questions. It reads only what the page already shows and writes only `hidden` and a count. */
export const pageScript = `
(function () {
  var rows = Array.prototype.slice.call(document.querySelectorAll('#questions tbody tr'));
  var text = document.getElementById('filter-text');
  var state = document.getElementById('filter-state');
  var language = document.getElementById('filter-language');
  var count = document.getElementById('filter-count');
  function apply() {
    var wanted = text.value.trim().toLowerCase();
    var shown = 0;
    rows.forEach(function (row) {
      var fits =
        (state.value === '' || (' ' + row.dataset.state + ' ').indexOf(' ' + state.value + ' ') !== -1) &&
        (!language || language.value === '' || row.dataset.language === language.value) &&
        (wanted === '' || row.textContent.toLowerCase().indexOf(wanted) !== -1);
      row.hidden = !fits;
      if (fits) shown += 1;
    });
    count.textContent = count.dataset.of.replace('#', shown).replace('#', rows.length);
  }
  [text, state, language].forEach(function (control) {
    if (control) control.addEventListener('input', apply);
  });
  apply();
})();
`;
