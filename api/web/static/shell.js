"use strict";

// The shell's own keys, its source sheet, its drafts, and what it says when the server is away.
// Everything enters the page as text, never as markup.
(() => {
  const root = document.documentElement;
  const narrow = matchMedia("(max-width: 63.99rem)");
  const find = (selector) => document.querySelector(selector);
  let returnTo = null;
  let leaving = false;

  // ---- the source: a column, or a sheet from below that keeps the focus ----
  function aroundSource() {
    return [...document.querySelectorAll(".lb-top, .lb-side, .lb-main, .lb-bar")];
  }
  function fitSource() {
    const panel = find(".lb-source");
    if (!panel) return;
    const sheet = narrow.matches && root.dataset.source === "open";
    for (const one of aroundSource()) one.inert = sheet;
    if (sheet) {
      panel.setAttribute("role", "dialog");
      panel.setAttribute("aria-modal", "true");
    } else {
      panel.removeAttribute("role");
      panel.removeAttribute("aria-modal");
    }
  }
  function openSource() {
    hideTip();
    const was = root.dataset.source === "open";
    const from = document.activeElement;
    if (!was || from?.matches(".lb-chip")) returnTo = from;
    // The column makes the middle narrower: what was read stays where it was.
    const before = from?.getBoundingClientRect().top;
    root.dataset.source = "open";
    fitSource();
    if (!was && from && from !== document.body) scrollBy(0, from.getBoundingClientRect().top - before);
    if (narrow.matches) find(".lb-source [data-close-source]")?.focus({ preventScroll: true });
  }
  function closeSource() {
    if (root.dataset.source !== "open") return false;
    delete root.dataset.source;
    fitSource();
    for (const one of document.querySelectorAll('.lb-chip[aria-expanded="true"]')) {
      one.setAttribute("aria-expanded", "false");
    }
    if (returnTo?.isConnected) returnTo.focus({ preventScroll: true });
    return true;
  }
  function showHighlight() {
    requestAnimationFrame(() => {
      const panel = find(".lb-source");
      const here = find(".lb-source mark") || find(".lb-source [data-here]");
      if (!here) return;
      // Only the panel scrolls, and only where the words are not in sight from its beginning.
      const top = here.getBoundingClientRect().top - panel.getBoundingClientRect().top + panel.scrollTop;
      const fits = top + Math.min(here.getBoundingClientRect().height, panel.clientHeight / 3) < panel.clientHeight * 0.9;
      panel.scrollTop = fits ? 0 : top - panel.clientHeight / 3;
    });
  }
  narrow.addEventListener("change", fitSource);

  // ---- tips: the sentence behind a chip, on hover and on focus ----
  let tip = null;
  function hideTip() {
    if (!tip) return;
    tip.owner.removeAttribute("aria-describedby");
    tip.remove();
    tip = null;
  }
  function showTip(owner) {
    hideTip();
    if (!owner.dataset.tip) return;
    tip = document.createElement("div");
    tip.owner = owner;
    tip.className = "lb-tip";
    tip.id = "lb-tip";
    tip.setAttribute("role", "tooltip");
    const text = document.createElement("span");
    text.dir = "auto";
    if (owner.dataset.tipLang) text.lang = owner.dataset.tipLang;
    text.textContent = owner.dataset.tip;
    tip.append(text);
    if (owner.dataset.hint) {
      const hint = document.createElement("small");
      hint.textContent = owner.dataset.hint;
      tip.append(hint);
    }
    document.body.append(tip);
    owner.setAttribute("aria-describedby", tip.id);
    const at = owner.getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    const below = at.bottom + 8 + box.height < innerHeight;
    const start = Math.min(Math.max(16, at.left), innerWidth - box.width - 16);
    tip.style.left = `${start}px`;
    tip.style.top = `${below ? at.bottom + 8 : Math.max(8, at.top - box.height - 8)}px`;
  }
  const tipOwner = (event) => event.target.closest?.("[data-tip]");
  document.addEventListener("mouseover", (event) => {
    const owner = tipOwner(event);
    if (owner) showTip(owner);
    else if (tip && !tip.owner.matches(":focus-visible")) hideTip();
  });
  document.addEventListener("focusin", (event) => {
    const owner = tipOwner(event);
    if (owner?.matches(":focus-visible")) showTip(owner);
    else hideTip();
  });
  addEventListener("scroll", hideTip, { passive: true, capture: true });

  // ---- saying and copying ----
  function announce(text) {
    const live = find(".lb-live-local");
    if (!live) return;
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 40);
  }
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without a secure connection browsers keep the clipboard from pages: a selection still does.
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "lb-hidden";
      document.body.append(field);
      const had = document.activeElement;
      field.select();
      document.execCommand("copy");
      field.remove();
      had?.focus?.();
    }
    const said = find(".lb-live-local")?.dataset.copied || "{text}";
    announce(said.replace("{text}", text));
    window.Quasar?.Notify?.create({ message: said.replace("{text}", text), timeout: 1600, position: "bottom" });
  }

  // ---- keys ----
  const typing = (element) => element?.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element?.tagName || "");
  function step(list, by) {
    const stops = [...list.querySelectorAll("a[href], button:not(:disabled), [tabindex='0']")].filter((one) => one.offsetParent);
    const at = stops.indexOf(document.activeElement);
    const next = stops[Math.min(Math.max(at + by, 0), stops.length - 1)];
    next?.focus();
    return Boolean(next);
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const on = document.activeElement;
    if (event.key === "Escape") {
      if (tip) { hideTip(); return; }
      if (find(".q-dialog, .q-menu")) return;
      if (closeSource()) event.preventDefault();
    } else if (event.key === "/" && !typing(on)) {
      const field = find("[data-main-input]");
      if (field) { event.preventDefault(); field.focus(); }
    } else if ((event.key === "c" || event.key === "C") && on?.dataset?.citation) {
      event.preventDefault();
      copy(on.dataset.citation);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !typing(on)) {
      const list = on?.closest?.("[data-arrows]");
      if (list && step(list, event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    }
  });
  document.addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-close-source], [data-copy], .lb-veil, .lb-skip");
    if (!target) return;
    if (target.matches("[data-close-source], .lb-veil")) closeSource();
    else if (target.matches("[data-copy]")) copy(target.dataset.copy);
    else { event.preventDefault(); find("#main")?.focus(); }
  });

  // ---- drafts: what is typed outlives the server and the page ----
  const draftKey = (name) => `landbrief.draft.${name}`;
  const restored = new WeakSet();
  function keep(event) {
    const name = event.target.dataset?.draft;
    if (!name) return;
    if (event.target.value) sessionStorage.setItem(draftKey(name), event.target.value);
    else sessionStorage.removeItem(draftKey(name));
  }
  function restore(field) {
    if (restored.has(field)) return;
    restored.add(field);
    const text = sessionStorage.getItem(draftKey(field.dataset.draft));
    if (!text || field.value) return;
    const kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    // The frameworks watch the element's own property: the setter below goes past them.
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function forget(name) {
    sessionStorage.removeItem(draftKey(name));
  }
  document.addEventListener("input", keep, true);

  // ---- the server goes away and comes back ----
  let away = null;
  function banner(kind) {
    const element = find(".lb-banner");
    if (!element) return;
    if (!kind) { element.hidden = true; element.textContent = ""; return; }
    element.hidden = false;
    element.dataset.kind = kind;
    element.textContent = element.dataset[kind];
  }
  function lost() {
    if (leaving || away) return;
    away = setTimeout(() => { if (!leaving) { banner("lost"); sessionStorage.setItem("landbrief.away", "1"); } }, 700);
  }
  function back() {
    clearTimeout(away);
    away = null;
    const was = sessionStorage.getItem("landbrief.away");
    sessionStorage.removeItem("landbrief.away");
    if (!was) { banner(null); return; }
    banner("back");
    setTimeout(() => banner(null), 2500);
  }
  addEventListener("beforeunload", () => { leaving = true; setTimeout(() => { leaving = false; }, 4000); });

  function begin() {
    new MutationObserver(() => {
      for (const field of document.querySelectorAll("[data-draft]")) restore(field);
    }).observe(document.body, { childList: true, subtree: true });
    const looking = setInterval(() => {
      if (!window.socket || !find(".lb-banner")) return;
      clearInterval(looking);
      window.socket.on("disconnect", lost);
      window.socket.on("connect_error", lost);
      window.socket.on("connect", back);
      if (window.socket.connected) back();
      for (const field of document.querySelectorAll("[data-draft]")) restore(field);
      // The framework has a main element of its own around everything.
      find(".q-page")?.setAttribute("role", "none");
      root.dataset.ready = "true";
    }, 30);
  }
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);

  window.landbrief = { announce, closeSource, copy, forget, openSource, showHighlight };
})();
