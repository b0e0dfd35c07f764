// Sentences are put in order by dragging their grip, or with the arrow keys on it. Without this file the buttons beside them do it.

const form = document.getElementById("notice-form");
const rows = [...document.querySelectorAll(".sentence")];
let dragged = -1;

const move = (from, to) => {
  if (from < 0 || to < 0 || to >= rows.length || from === to) return;
  const act = document.createElement("button");
  act.name = "act";
  act.value = `move-${from}-${to}`;
  act.hidden = true;
  form.append(act);
  form.requestSubmit(act);
};

rows.forEach((row, number) => {
  const grip = row.querySelector(".sentence-grip");
  grip.hidden = rows.length < 2;
  grip.addEventListener("dragstart", (event) => {
    dragged = number;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(row, 0, 0);
  });
  grip.addEventListener("dragend", () => {
    dragged = -1;
    rows.forEach((other) => other.classList.remove("sentence-target"));
  });
  grip.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(number, number + step);
  });
  row.addEventListener("dragover", (event) => {
    if (dragged < 0) return;
    event.preventDefault();
    rows.forEach((other) => other.classList.toggle("sentence-target", other === row));
  });
  row.addEventListener("drop", (event) => {
    event.preventDefault();
    move(dragged, number);
  });
});
