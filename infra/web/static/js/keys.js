// Keys, focus and the line's state. Every control works without this file.
(function () {
  "use strict";
  var doc = document;

  function typing(el) {
    return !!el && (el.isContentEditable || /^(TEXTAREA|SELECT)$/.test(el.tagName) ||
      (el.tagName === "INPUT" && !/^(checkbox|radio|button|submit|range|file)$/.test(el.type)));
  }

  function composing(e) { return e.isComposing || e.keyCode === 229; }

  // The keys that press no control, as the server's table of keys has them.
  var acts = {};
  (doc.body.dataset.keys || "").split(" ").forEach(function (pair) {
    var at = pair.indexOf("=");
    if (at > 0) { acts[pair.slice(0, at)] = pair.slice(at + 1); }
  });

  // A control names its key in data-key: "r", "alt+j", "ctrl+k". Inside its
  // form an Alt key works from the text, a bare key only outside text fields.
  function control(key) {
    return doc.querySelector('[data-key="' + CSS.escape(key) + '"]');
  }

  function use(el) {
    if (typing(el)) { el.focus(); el.select && el.select(); return; }
    el.click();
    var to = el.hash && el.pathname === location.pathname ? doc.getElementById(el.hash.slice(1)) : null;
    if (to) { to.tabIndex = -1; to.focus(); return; }
    if (el.focus && !/^(radio|checkbox)$/.test(el.type || "")) { el.focus(); }
  }

  // The action of the next row, or of the one before.
  function row(step) {
    var rows = Array.from(doc.querySelectorAll("[data-row]")), at = doc.activeElement || doc.body, i = rows.indexOf(at);
    if (i < 0) {
      var next = rows.findIndex(function (r) { return at.compareDocumentPosition(r) & Node.DOCUMENT_POSITION_FOLLOWING; });
      i = next < 0 ? rows.length : step > 0 ? next - 1 : next;
    }
    return rows[i + step];
  }

  doc.addEventListener("keydown", function (e) {
    if (composing(e) || doc.querySelector("dialog[open]")) { return; }
    var at = doc.activeElement, key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    var name = (e.ctrlKey ? "ctrl+" : "") + (e.altKey ? "alt+" : "") + key, el = null, act = acts[name.toLowerCase()];
    if (act === "save") {
      var form = at && at.closest("form[data-save]");
      if (form) { e.preventDefault(); form.requestSubmit(form.querySelector("[data-primary]")); }
      return;
    }
    if (key === "Enter" && at && at.tagName === "INPUT" && typing(at) && at.closest("form[data-save]")) {
      e.preventDefault();
      return;
    }
    if (e.ctrlKey) { el = control(name); }
    else if (e.altKey) { el = at && at.closest("form") ? control("alt+" + key) || control(key) : null; }
    else if (!e.metaKey && !typing(at) && !doc.body.hasAttribute("data-no-keys")) {
      el = control(key);
      var to = !el && (act === "next" ? row(1) : act === "previous" ? row(-1) : null);
      if (to) { e.preventDefault(); to.focus(); }
    }
    if (el) { e.preventDefault(); use(el); }
  });

  function focusNews(root) {
    var el = root.querySelector ? root.querySelector("[data-focus]") : null;
    if (el) { el.removeAttribute("data-focus"); el.focus(); }
  }
  focusNews(doc);
  doc.addEventListener("htmx:after:swap", function () { focusNews(doc); });

  // Paper needs a script, so the button that asks for it comes from here.
  doc.querySelectorAll("template[data-print]").forEach(function (t) {
    var button = t.content.firstElementChild;
    button.addEventListener("click", function () { window.print(); });
    t.replaceWith(button);
  });

  // The as-of slider moves the date box and sends the form after a pause.
  var slider = doc.querySelector("[data-asof]"), wait = 0;
  if (slider) {
    slider.addEventListener("input", function () {
      var days = slider.dataset.asof.split(" "), box = doc.getElementById(slider.dataset.box);
      slider.className = "p" + Math.round(slider.value * 11 / slider.max);
      box.value = days[slider.value];
      slider.setAttribute("aria-valuetext", box.value || slider.dataset.now);
      clearTimeout(wait);
      wait = setTimeout(function () { box.form.requestSubmit(); }, 300);
    });
  }

  // The pill in the header says when the line is lost and when it is back.
  var live = doc.getElementById("livestate"), timer = 0;
  function say(text, doubt) {
    if (!live) { return; }
    live.lastChild.textContent = text;
    live.classList.toggle("live--past", doubt);
  }
  doc.addEventListener("htmx:sse:error", function () {
    clearTimeout(timer);
    timer = setTimeout(function () { say(live && live.dataset.lost, true); }, 10000);
  });
  ["htmx:sse:after:connection", "htmx:sse:after:message"].forEach(function (name) {
    doc.addEventListener(name, function () { clearTimeout(timer); say(live && live.dataset.again, false); });
  });
})();
