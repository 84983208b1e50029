// Opens the help of the page beside it. Without this file the link leads to the help.
(function () {
  "use strict";
  var doc = document, link = doc.querySelector("[data-help]"), box = null;
  if (!link || !window.HTMLDialogElement) { return; }

  function open(html) {
    box = doc.createElement("dialog");
    box.className = "helpbox";
    box.setAttribute("aria-labelledby", "helph");
    box.innerHTML = html;
    var close = doc.createElement("button");
    close.type = "button";
    close.className = "btn btn--line btn--xs";
    close.textContent = link.dataset.help;
    close.addEventListener("click", function () { box.close(); });
    box.querySelector(".helpbox__h").append(close);
    box.addEventListener("click", function (e) { if (e.target === box) { box.close(); } });
    box.addEventListener("keydown", function (e) { if (e.key === "?") { e.preventDefault(); box.close(); } });
    box.addEventListener("close", function () { box.remove(); box = null; link.focus(); });
    doc.body.append(box);
    box.showModal();
  }

  link.addEventListener("click", function (e) {
    if (e.ctrlKey || e.metaKey || e.shiftKey || e.button) { return; }
    e.preventDefault();
    fetch(link.href, { headers: { "HX-Request": "true" } })
      .then(function (res) { if (!res.ok) { throw new Error(String(res.status)); } return res.text(); })
      .then(function (html) { if (!box) { open(html); } })
      .catch(function () { location.href = link.href; });
  });
})();
