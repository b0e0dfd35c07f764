// Maps: a tap ticks the check box of a street or a quarter; taps or keys draw a border. The page works without this file.

const pick = (holder) => {
  const links = [...holder.querySelectorAll("a[data-box]")];
  for (const link of links) {
    const box = document.getElementById(link.dataset.box);
    const show = () => link.classList.toggle("map-picked", box.checked);
    const here = (on) => () => link.classList.toggle("map-here", on);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      box.click();
    });
    box.addEventListener("change", show);
    box.addEventListener("focus", here(true));
    box.addEventListener("blur", here(false));
    box.parentElement.addEventListener("mouseenter", here(true));
    box.parentElement.addEventListener("mouseleave", here(false));
    show();
  }
};

const draw = (holder) => {
  const { west, north, along, across } = holder.dataset;
  const svg = holder.querySelector("svg");
  const lines = document.getElementById(holder.dataset.draw);
  const { width, height } = svg.viewBox.baseVal;
  const cross = { x: width / 2, y: height / 2 };
  const put = (name, path) => holder.querySelector(`[data-${name}]`).setAttribute("d", path);
  const corners = () => lines.value.split("\n").map((line) => line.split(/[,;\s]+/).filter(Boolean).map(Number))
    .filter((pair) => pair.length === 2 && pair.every(Number.isFinite))
    .map(([latitude, longitude]) => ({ x: (longitude - west) * along, y: (north - latitude) * across }));
  const show = () => {
    const found = corners();
    const at = ({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`;
    put("border", found.length ? `M${found.map(at).join("L")}Z` : "");
    put("corners", found.map((one) => `M${at(one)}h0`).join(""));
    put("cross", `M${cross.x - 20} ${cross.y}h40M${cross.x} ${cross.y - 20}v40`);
    holder.querySelector("[data-count]").textContent = found.length;
  };
  const write = (text) => {
    lines.value = text;
    show();
  };
  const add = ({ x, y }) => {
    const line = `${(north - y / across).toFixed(5)}, ${(Number(west) + x / along).toFixed(5)}`;
    write([lines.value.trim(), line].filter(Boolean).join("\n"));
  };
  const back = () => write(lines.value.trim().split("\n").slice(0, -1).join("\n"));
  const step = (x, y) => {
    cross.x = Math.min(width, Math.max(0, cross.x + x));
    cross.y = Math.min(height, Math.max(0, cross.y + y));
    show();
  };
  const keys = {
    ArrowLeft: (far) => step(-far, 0),
    ArrowRight: (far) => step(far, 0),
    ArrowUp: (far) => step(0, -far),
    ArrowDown: (far) => step(0, far),
    Enter: () => add(cross),
    Backspace: back,
  };
  svg.addEventListener("click", (event) => {
    add(new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()));
  });
  svg.addEventListener("keydown", (event) => {
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key](event.shiftKey ? 5 : 20);
  });
  lines.addEventListener("input", show);
  holder.querySelector("[name=draw-back]").addEventListener("click", back);
  holder.querySelector("[name=draw-anew]").addEventListener("click", () => write(""));
  holder.hidden = false;
  show();
};

for (const holder of document.querySelectorAll("[data-map]")) pick(holder);
for (const holder of document.querySelectorAll("[data-draw]")) draw(holder);
