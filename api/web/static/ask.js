"use strict";

// The field of the Ask page: Enter, the last question, what was asked and not answered.
(() => {
  const PENDING = "landbrief.pending";
  const ASKED = "landbrief.asked";
  const field = () => document.querySelector("[data-ask-form] textarea");

  function fit(area) {
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight}px`;
  }
  function write(text) {
    const area = field();
    if (!area) return;
    area.value = text;
    // The shell keeps drafts as they are typed.
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.setSelectionRange(text.length, text.length);
  }
  function send() {
    const area = field();
    const text = area?.value.trim();
    // Without a connection the text stays where it is; the banner says so.
    if (!text || !window.socket?.connected) return;
    sessionStorage.setItem(ASKED, text);
    sessionStorage.setItem(PENDING, text);
    area.closest("form").dispatchEvent(new CustomEvent("ask", { detail: text }));
    write("");
  }
  function lastAsked() {
    const asked = [...document.querySelectorAll(".ask-question")].at(-1);
    return asked?.textContent || sessionStorage.getItem(ASKED) || "";
  }
  function bringBack() {
    const text = sessionStorage.getItem(PENDING);
    sessionStorage.removeItem(PENDING);
    const area = field();
    if (text && area && !area.value) write(text);
  }
  function toLast() {
    requestAnimationFrame(() => {
      document.querySelector(".ask-turn:last-child")?.scrollIntoView({ block: "start" });
    });
  }

  document.addEventListener("input", (event) => {
    if (event.target === field()) fit(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.querySelector("[data-menu][open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); event.stopPropagation(); }
    }
    if (event.target !== field() || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && !event.target.value) {
      const text = lastAsked();
      if (text) { event.preventDefault(); write(text); }
    }
  }, true);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-ask-form]")) return;
    event.preventDefault();
    send();
    field()?.focus();
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("[data-menu][open]")) {
      if (!menu.contains(event.target) || event.target.closest(".ask-menu-items button")) menu.open = false;
    }
    const chip = event.target.closest?.(".lb-chip");
    if (!chip) return;
    for (const one of document.querySelectorAll('.lb-chip[aria-expanded="true"]')) one.setAttribute("aria-expanded", "false");
    chip.setAttribute("aria-expanded", "true");
  });

  function begin() {
    let turns = 0;
    new MutationObserver(() => {
      const list = document.querySelector(".ask-turns");
      if (!list) return;
      const now = list.children.length;
      // A question that was just asked goes to the top; what answers it grows below, and nothing jumps.
      if (now > turns && sessionStorage.getItem(PENDING)) { list.dataset.asked = ""; toLast(); }
      turns = now;
    }).observe(document.body, { childList: true, subtree: true });
    // Asked of a server that died before it answered.
    const looking = setInterval(() => {
      if (document.documentElement.dataset.ready !== "true") return;
      clearInterval(looking);
      if (!field()) return;
      const asked = sessionStorage.getItem(PENDING);
      const last = [...document.querySelectorAll(".ask-question")].at(-1)?.textContent;
      if (asked && asked === last) sessionStorage.removeItem(PENDING);
      else bringBack();
      if (!document.querySelector(".ask-turn") && matchMedia("(min-width: 64rem)").matches) field().focus();
    }, 30);
  }
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);

  function focus(id) {
    setTimeout(() => document.getElementById(id)?.focus(), 60);
  }

  window.landbriefAsk = { bringBack, focus, settled: () => sessionStorage.removeItem(PENDING), toLast };
})();
