// Hides the page when nobody uses it, and gives it back as it was for the password.
// Without this file the server locks the session all the same.
(function () {
  "use strict";
  var locked = false, served = false, doc = document, box = doc.getElementById("lock");
  if (!box) { return; }
  var after = Number(box.dataset.after) * 1000, used = Date.now(), told = used, form = box.querySelector("form");
  var line = window.BroadcastChannel ? new BroadcastChannel("ayumi-lock") : { postMessage: function () {} };

  function post(address, body) {
    return fetch(address, { method: "POST", headers: { "HX-Request": "true" }, body: body, credentials: "same-origin" });
  }

  function show() {
    locked = true;
    if (box.open) { return; }
    box.showModal();
    form.password.value = "";
    form.password.focus();
  }

  function hide() {
    locked = served = false;
    used = told = Date.now();
    form.password.value = "";
    form.querySelector("[data-errors]").textContent = "";
    if (box.open) { box.close(); }
  }

  function use() {
    if (box.open) { return; }
    used = Date.now();
    if (used - told > 60000) {
      told = used;
      line.postMessage("used");
      post("/alive").then(function (res) { if (res.headers.get("Ayumi-Locked")) { show(); } }, function () {});
    }
  }
  ["keydown", "pointerdown", "input", "wheel"].forEach(function (name) { doc.addEventListener(name, use, { passive: true, capture: true }); });

  setInterval(function () {
    if (!box.open && Date.now() - used > after) {
      show();
      line.postMessage("locked");
      post("/lock").then(function (res) { served = res.ok; }, function () {});
    }
  }, Math.min(5000, after / 4));

  line.onmessage = function (e) {
    if (e.data === "used") { used = told = Date.now(); }
    if (e.data === "locked") { show(); }
    if (e.data === "unlocked") { hide(); }
  };

  // Who unlocked in another tab, at the prefecture's sign-in, finds this page open. It is
  // asked only once the server has locked the session.
  window.addEventListener("focus", function () {
    if (!locked || !served) { return; }
    post("/alive").then(function (res) { if (res.status === 204) { line.postMessage("unlocked"); hide(); } }, function () {});
  });

  // A request that met the lock leaves its form as it was typed.
  doc.addEventListener("htmx:after:request", function (e) {
    var res = e.detail && e.detail.ctx && e.detail.ctx.response;
    if (res && res.headers && res.headers.get("Ayumi-Locked")) { show(); }
  });

  // Browsers let a second Escape close what the first may not.
  box.addEventListener("cancel", function (e) { e.preventDefault(); });
  box.addEventListener("close", function () { if (locked) { show(); } });
  form.addEventListener("submit", function (e) {
    e.preventDefault();
    post(form.action, new URLSearchParams(new FormData(form))).then(function (res) {
      if (res.status === 204) { line.postMessage("unlocked"); hide(); return; }
      if (res.status === 401) { location.reload(); return; }
      return res.text().then(function (html) {
        var parsed = new DOMParser().parseFromString(html, "text/html").querySelector(".errs"), at = form.querySelector("[data-errors]");
        at.textContent = parsed ? parsed.textContent : "";
        form.password.select();
        form.password.focus();
      });
    }, function () {});
  });
})();
