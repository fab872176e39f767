"use strict";

// The list of suggestions under the field of a note's topic, and what a note is done with.
(() => {
  const MOST = 8;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const listOf = (field) => document.getElementById(field.getAttribute("aria-controls"));
  const shown = (list) => [...list.children].filter((one) => !one.hidden);

  function close(field) {
    const list = listOf(field);
    if (!list) return;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(field, null);
  }
  function choose(field, option) {
    for (const one of listOf(field).children) one.setAttribute("aria-selected", String(one === option));
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  }
  // A word's beginning counts more than its middle; an empty field shows the first of all.
  function rank(option, wanted) {
    if (!wanted) return 1;
    const text = plain(option.dataset.value);
    const at = text.indexOf(wanted);
    if (at === 0) return 4;
    if (at > 0) return /[\s(]/.test(text[at - 1]) ? 3 : 2;
    return plain(option.dataset.more || "").includes(wanted) ? 1 : 0;
  }
  function open(field) {
    const list = listOf(field);
    if (!list) return;
    const wanted = plain(field.value);
    const ranked = [...list.children].map((one, nth) => [rank(one, wanted), nth, one]);
    const best = ranked.filter((one) => one[0]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, MOST);
    const kept = new Set(best.map((one) => one[2]));
    for (const one of list.children) one.hidden = !kept.has(one);
    best.forEach((one, nth) => { one[2].style.order = nth; });
    const same = best.length === 1 && plain(best[0][2].dataset.value) === wanted;
    if (!kept.size || same) { close(field); return; }
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    choose(field, null);
  }
  function take(field, option) {
    field.value = option.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close(field);
    field.focus();
  }
  const fieldOf = (event) => event.target.closest?.("[data-brief-topic]");
  document.addEventListener("input", (event) => { const field = fieldOf(event); if (field && event.isTrusted) open(field); });
  document.addEventListener("click", (event) => {
    const option = event.target.closest?.(".brief-option");
    const field = fieldOf(event);
    if (option) take(option.closest(".brief-topic").querySelector("[data-brief-topic]"), option);
    else if (field) open(field);
    else for (const one of document.querySelectorAll("[data-brief-topic][aria-expanded='true']")) close(one);
  });
  document.addEventListener("focusout", (event) => {
    const field = fieldOf(event);
    if (field) setTimeout(() => { if (document.activeElement !== field) close(field); }, 150);
  });
  document.addEventListener("keydown", (event) => {
    const field = fieldOf(event);
    if (!field || event.isComposing) return;
    const list = listOf(field);
    const isOpen = field.getAttribute("aria-expanded") === "true";
    if (event.key === "Escape" && isOpen) { close(field); event.stopPropagation(); }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) { open(field); return; }
      const some = shown(list).sort((a, b) => a.style.order - b.style.order);
      const at = some.findIndex((one) => one.getAttribute("aria-selected") === "true");
      const step = event.key === "ArrowDown" ? at + 1 : (at < 0 ? some.length : at) - 1;
      choose(field, some[(step + some.length) % some.length] || null);
    } else if (event.key === "Enter" && isOpen) {
      const chosen = shown(list).find((one) => one.getAttribute("aria-selected") === "true");
      if (chosen) { event.preventDefault(); take(field, chosen); }
    }
  }, true);

  async function copied(text, done) {
    try { await navigator.clipboard.writeText(text); } catch {
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "lb-hidden";
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    window.landbrief?.announce(done);
    window.Quasar?.Notify?.create({ message: done, timeout: 1600, position: "bottom" });
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-brief-copy], [data-brief-print]");
    if (!button) return;
    if (button.dataset.briefCopy !== undefined) copied(button.dataset.briefCopy, button.dataset.done).then(() => button.focus());
    else window.print();
  });

  // A changed part is built anew: whoever works by keyboard goes on where she was.
  function focus(id) {
    let tries = 0;
    const look = setInterval(() => {
      const found = document.getElementById(id);
      tries += 1;
      if (found && !found.disabled) found.focus({ preventScroll: true });
      if (found || tries > 20) clearInterval(look);
    }, 30);
  }
  window.landbriefNotes = { focus };
})();
