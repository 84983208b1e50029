// Forms: typed dates are read back, what was typed is kept as a draft on the
// server. Every form works without this file; nothing is kept in the browser.
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

  // A form says in data-draft where its draft goes and in data-unsent what is said
  // while it cannot be saved. It is saved some seconds after a change, and when the
  // page is left or hidden.
  var every = 5000, again = 20000, forms = new Map();
  function tell(html) {
    var place = doc.getElementById("draft");
    if (!place || place.innerHTML === html) { return; }
    place.innerHTML = html;
    var next = place.querySelector("[data-draft-id]"), box = doc.getElementById("draft_id");
    if (next && box) { box.value = next.dataset.draftId; next.remove(); }
  }
  function keep(form, leaving) {
    var state = forms.get(form);
    clearTimeout(state.wait);
    state.wait = 0;
    if (!form.isConnected) { forms.delete(form); return; }
    if (!state.changed) { return; }
    if (doc.querySelector("#lock[open]")) { // refused until it is unlocked
      state.wait = setTimeout(keep, again, form, false);
      return;
    }
    state.changed = false;
    fetch(form.dataset.draft, {
      method: "POST", headers: { "HX-Request": "true" }, body: new URLSearchParams(new FormData(form)), keepalive: leaving
    }).then(function (res) {
      if (!res.ok) { throw new Error(String(res.status)); }
      return res.text();
    }).then(function (html) {
      state.unsent = false;
      if (form.isConnected) { tell(html); }
    }).catch(function () {
      state.unsent = state.changed = true;
      if (!form.isConnected) { return; }
      doc.getElementById("draft").textContent = form.dataset.unsent;
      state.wait = state.wait || setTimeout(keep, again, form, false);
    });
  }
  function changed(e) {
    var form = e.target.form, state;
    if (!form || !form.dataset.draft) { return; }
    state = forms.get(form);
    if (!state) { forms.set(form, state = { wait: 0, changed: false, unsent: false }); }
    state.changed = true;
    state.wait = state.wait || setTimeout(keep, every, form, false);
  }
  doc.addEventListener("input", changed);
  doc.addEventListener("change", changed);
  doc.addEventListener("submit", function (e) {
    var state = forms.get(e.target);
    if (state) { state.unsent = false; }
  });
  function leave() { forms.forEach(function (_, form) { keep(form, true); }); }
  addEventListener("pagehide", leave);
  doc.addEventListener("visibilitychange", function () { if (doc.hidden) { leave(); } });
  addEventListener("beforeunload", function (e) {
    forms.forEach(function (state, form) { if (state.unsent && form.isConnected) { e.preventDefault(); } });
  });
})();
