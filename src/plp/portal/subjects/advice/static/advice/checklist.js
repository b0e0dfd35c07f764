// The private checklist (R69): ticks are kept by this browser and sent to nobody. Without this file one ticks on paper.

const KEPT = "plp.checklist";
const boxes = [...document.querySelectorAll("[data-check]")];
const count = document.getElementById("checked");

const read = () => {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEPT) || "[]"));
  } catch {
    return new Set();
  }
};

const write = () => {
  const ticked = boxes.filter((box) => box.checked).map((box) => box.dataset.check);
  try {
    localStorage.setItem(KEPT, JSON.stringify(ticked));
  } catch {
    // A browser that keeps nothing: the ticks last as long as the page.
  }
  count.textContent = `${ticked.length} / ${boxes.length}`;
};

const ticked = read();
for (const box of boxes) {
  box.checked = ticked.has(box.dataset.check);
  box.addEventListener("change", write);
}
document.getElementById("clear").addEventListener("click", () => {
  for (const box of boxes) box.checked = false;
  localStorage.removeItem(KEPT);
  write();
});
for (const hidden of document.querySelectorAll("[data-with-script]")) hidden.hidden = false;
for (const shown of document.querySelectorAll("[data-without-script]")) shown.hidden = true;
write();
