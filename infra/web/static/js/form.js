// Forms: typed dates are read back. Every form works without this file.
(function () {
  "use strict";
  var doc = document;

  // A box says in data-date how its date is meant and in data-back where the
  // server's reading of it goes. Of two answers under way the later one counts.
  var turns = new WeakMap();
  function readBack(box, left) {
    var place = doc.getElementById(box.dataset.back), turn = (turns.get(box) || 0) + 1;
    turns.set(box, turn);
    if (!place) { return; }
    if (!box.value.trim()) { place.textContent = ""; box.removeAttribute("aria-invalid"); return; }
    fetch("/dates", {
      method: "POST", headers: { "HX-Request": "true" },
      body: new URLSearchParams({ text: box.value, as: box.dataset.date, left: left ? "1" : "" })
    }).then(function (res) { return res.ok ? res.text() : ""; }, function () { return ""; }).then(function (html) {
      if (turns.get(box) !== turn) { return; }
      place.innerHTML = html;
      box.toggleAttribute("aria-invalid", false);
      if (place.querySelector(".err")) { box.setAttribute("aria-invalid", "true"); }
    });
  }

  // While an input method is at work the text is not the text yet.
  var waits = new WeakMap();
  function soon(e) {
    var box = e.target;
    if (e.isComposing || !box.dataset || !box.dataset.date) { return; }
    clearTimeout(waits.get(box));
    waits.set(box, setTimeout(function () { readBack(box, false); }, 200));
  }
  doc.addEventListener("input", soon);
  doc.addEventListener("compositionend", soon);
  doc.addEventListener("change", function (e) {
    if (!e.target.dataset || !e.target.dataset.date) { return; }
    clearTimeout(waits.get(e.target));
    readBack(e.target, true);
  });
})();
