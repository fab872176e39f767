"use strict";

// Saves a chart as a picture: its heading and scope as text above, the drawing as it is coloured
// now. Everything drawn comes from this page; nothing is fetched but its own outlines.
(() => {
  const SCALE = 2;
  const PAD = 24;
  const SWATCH = 18;
  const PAINT = ["fill", "stroke", "stroke-width", "opacity", "font-size", "font-family", "font-weight", "text-anchor", "dominant-baseline"];

  function painted(from, to) {
    const style = getComputedStyle(from);
    for (const name of PAINT) to.style.setProperty(name, style.getPropertyValue(name));
    for (let nth = 0; nth < from.children.length; nth += 1) painted(from.children[nth], to.children[nth]);
  }

  // The outlines stand in a file of their own, which a picture may not refer to: they are put in.
  async function withOutlines(svg) {
    const uses = [...svg.querySelectorAll("use")];
    const address = uses[0]?.getAttribute("href")?.split("#")[0];
    if (!address) return;
    const text = await (await fetch(address)).text();
    const world = new DOMParser().parseFromString(text, "image/svg+xml");
    const kept = document.createElementNS("http://www.w3.org/2000/svg", "defs");
    for (const one of world.documentElement.children) kept.append(document.importNode(one, true));
    svg.prepend(kept);
    for (const one of uses) one.setAttribute("href", `#${one.getAttribute("href").split("#")[1]}`);
  }

  function lines(context, text, width) {
    const found = [""];
    for (const word of text.split(/(?<=\s)|(?<=[\u3000-\u9fff])/)) {
      const last = found[found.length - 1];
      if (last && context.measureText(last + word).width > width) found.push(word);
      else found[found.length - 1] = last + word;
    }
    return found;
  }

  // Text as it reads on the page: symbols and figures keep their own direction.
  function told(element) {
    if (element.nodeType === Node.TEXT_NODE) return element.textContent;
    const between = element.matches?.(".lb-places") ? " · " : element.matches?.(".lb-line, .lb-map-group") ? " " : "";
    const inner = [...element.childNodes].map(told).filter((text) => text.trim()).join(between);
    return element.matches?.("bdi, .lb-chip") ? `\u2068${inner}\u2069` : inner;
  }
  function swatchOf(element) {
    const swatch = element.querySelector(".lb-swatch");
    return swatch ? getComputedStyle(swatch).backgroundColor : "";
  }

  async function picture(figure) {
    const from = figure.querySelector(".lb-map") || figure.querySelector(".lb-chart-drawing svg");
    const box = from.getBoundingClientRect();
    const svg = from.cloneNode(true);
    painted(from, svg);
    svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    svg.setAttribute("width", box.width);
    svg.setAttribute("height", box.height);
    await withOutlines(svg);
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }));
    await image.decode();

    const styles = getComputedStyle(document.body);
    const paper = getComputedStyle(document.documentElement).backgroundColor;
    const isRtl = document.documentElement.dir === "rtl";
    const scope = figure.querySelector(".lb-chart-scope");
    const quiet = getComputedStyle(scope).color;
    const above = [
      { text: figure.querySelector("h2").textContent, font: "600 17px ", step: 26, color: styles.color },
      { text: told(scope), font: "13px ", step: 20, color: quiet },
    ];
    const below = [...figure.querySelectorAll(".lb-chart-key li, .lb-map-group"), ...figure.querySelectorAll(".lb-chart-note"), figure.querySelector(".lb-chart-foot")]
      .filter(Boolean)
      .map((one) => ({ text: told(one), font: "12px ", step: 18, color: quiet, swatch: swatchOf(one) }));
    const canvas = document.createElement("canvas");
    let context = canvas.getContext("2d");
    const width = box.width;
    for (const one of [...above, ...below]) {
      context.font = one.font + styles.fontFamily;
      one.rows = lines(context, one.text, one.swatch ? width - SWATCH : width);
    }
    const tall = (blocks) => blocks.reduce((sum, one) => sum + one.step * one.rows.length, 0);
    canvas.width = (width + 2 * PAD) * SCALE;
    canvas.height = (tall(above) + box.height + tall(below) + 2 * PAD + 32) * SCALE;
    context = canvas.getContext("2d");
    context.scale(SCALE, SCALE);
    context.fillStyle = paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.direction = isRtl ? "rtl" : "ltr";
    context.textAlign = isRtl ? "right" : "left";
    context.textBaseline = "top";
    let y = PAD;
    const write = (blocks) => {
      for (const one of blocks) {
        context.font = one.font + styles.fontFamily;
        const indent = one.swatch ? SWATCH : 0;
        if (one.swatch) {
          context.fillStyle = one.swatch;
          context.fillRect(isRtl ? width + PAD - 10 : PAD, y + 1, 10, 10);
        }
        context.fillStyle = one.color;
        for (const row of one.rows) { context.fillText(row, isRtl ? width + PAD - indent : PAD + indent, y); y += one.step; }
      }
    };
    write(above);
    y += 16;
    context.drawImage(image, PAD, y, box.width, box.height);
    y += box.height + 16;
    write(below);
    URL.revokeObjectURL(image.src);
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
    });
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-chart-png]");
    if (!button) return;
    button.disabled = true;
    try {
      const blob = await picture(button.closest("figure"));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = button.dataset.chartPng;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch {
      window.Quasar?.Notify?.create({ message: button.dataset.failed, timeout: 4000, position: "bottom" });
    } finally {
      button.disabled = false;
      button.focus();
    }
  });
})();
