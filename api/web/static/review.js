"use strict";

// The keys of the review queue: each presses the button that names it, unless somebody types.
(() => {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const queue = document.querySelector("[data-review]");
    if (!queue) return;
    const on = document.activeElement;
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(on?.tagName || "");
    if (typing && event.key === "Escape") {
      event.preventDefault();
      queue.querySelector('[data-review-key="e"]')?.click();
      return;
    }
    if (typing || document.querySelector(".q-dialog, .q-menu")) return;
    for (const button of queue.querySelectorAll("[data-review-key]")) {
      if (!button.dataset.reviewKey.split(" ").includes(event.key)) continue;
      event.preventDefault();
      if (!button.disabled) button.click();
      return;
    }
  });
})();
